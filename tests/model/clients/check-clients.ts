import { openDb } from '@orderlane/db/open-db';
import fc from 'fast-check';
import { findViolations } from '../invariants/violations.ts';
import { addJitter } from './jitter.ts';
import { runClients } from './run-clients.ts';
import { scenarios } from './script.ts';

export interface Verdict {
  /** Empty when every rule was kept. */
  violations: string[];
  /** Repeats the scenarios; what the clients meet in them is never quite the same. */
  seed: number;
  runs: number;
}

/** Plays random scenarios for so long, or until one breaks a rule. */
export async function checkClients(
  databaseUrl: string,
  options: { seconds: number; seed?: number | undefined },
): Promise<Verdict> {
  const { db, close } = openDb({ databaseUrl, poolSize: 30 });
  let violations: string[] = [];
  try {
    await addJitter(db);
    const property = fc.asyncProperty(scenarios, async (scenario) => {
      violations = await findViolations(await runClients(db, scenario));
      return violations.length === 0;
    });
    const { seed, numRuns } = await fc.check(property, {
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      numRuns: 100_000,
      interruptAfterTimeLimit: options.seconds * 1000,
      // A smaller scenario would meet other interleavings: the violations themselves are the report.
      endOnFailure: true,
    });
    return { violations, seed, runs: numRuns };
  } finally {
    await close();
  }
}
