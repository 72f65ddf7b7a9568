import { type Db, openDb } from '@orderlane/db/open-db';
import fc from 'fast-check';
import { addJitter } from './clients/jitter.ts';

export interface Verdict {
  /** Empty when every rule was kept. */
  violations: string[];
  /** Repeats the last scenario; what the clients meet in it is never quite the same. */
  seed: number;
}

interface Model<Scenario> {
  scenarios: fc.Arbitrary<Scenario>;
  /** Plays one of them; answers which rules were broken. */
  play(db: Db, scenario: Scenario): Promise<string[]>;
}

/** Plays random scenarios for so long, or until one breaks a rule. */
export async function checkModel<Scenario>(
  databaseUrl: string,
  model: Model<Scenario>,
  options: { seconds: number; seed?: number | undefined },
): Promise<Verdict> {
  const { db, pool, close } = openDb({ databaseUrl, poolSize: 40 });
  // On a busy machine a client waits for its connection; that is no rule broken.
  pool.options.connectionTimeoutMillis = 0;
  const until = performance.now() + options.seconds * 1000;
  const play = async (seed: number): Promise<string[]> => {
    let violations: string[] = [];
    const property = fc.asyncProperty(model.scenarios, async (scenario) => {
      violations = await model.play(db, scenario);
      return violations.length === 0;
    });
    // A smaller scenario would meet other interleavings: the violations themselves are the report.
    const { errorInstance } = await fc.check(property, { seed, numRuns: 1, endOnFailure: true });
    if (violations.length === 0 && errorInstance instanceof Error) throw errorInstance;
    return violations;
  };
  try {
    await addJitter(db);
    // On a busy machine one may take all of the time.
    for (let seed = options.seed ?? anySeed(); ; seed++) {
      const violations = await play(seed);
      if (violations.length > 0 || performance.now() > until) return { violations, seed };
    }
  } finally {
    await close();
  }
}

function anySeed(): number {
  return Math.trunc(Math.random() * 1_000_000_000);
}
