import { once } from 'node:events';
import { openDb } from '@orderlane/db/open-db';
import { testSecretKey } from '../support/accounts.ts';
import { freePort } from '../support/free-port.ts';
import { workDaily } from './daily-work.ts';
import type { AskedOrder, Evidence, FaultFact } from './evidence/evidence.ts';
import { readCalls } from './evidence/read-calls.ts';
import { readStore } from './evidence/read-store.ts';
import { readTrades } from './evidence/read-trades.ts';
import { chooseFaults } from './faults/all-faults.ts';
import type { FaultParts } from './faults/fault.ts';
import { mendOpenalgo } from './faults/openalgo-faults.ts';
import { type MemberSpec, type Service, startFleet } from './fleet/fleet.ts';
import { type Ground, marketTime, openGround } from './fleet/open-ground.ts';
import type { ChaosOptions } from './options.ts';
import { answerQuestions, cancelResting, listAsked } from './people.ts';
import { becomeWhole, reap } from './reaper.ts';
import { postSignals } from './signals/post-signals.ts';
import { accountKeys, makeStrategies } from './signals/strategies.ts';
import type { Timeline } from './timeline.ts';
import { divideTimes, type Times } from './times.ts';
import { waitUntilQuiet } from './wait-until-quiet.ts';

/** Books are read every two seconds at the most while something is unsettled. */
const SETTLE_SLACK_MS = 5_000;

/** How often an account's OpenAlgo is asked whether it takes client_order_id. */
const ASK_EVERY_MS = 8_000;

/** The longest that a fault keeps a call at OpenAlgo, and more. */
const DECIDED_MS = 45_000;

/** What a lane's backlog may take besides. */
const DRAIN_MS = 30_000;

const crew: readonly [Service, count: number][] = [
  ['ingress', 2],
  ['executor', 3],
  ['scheduler', 2],
];

export interface ChaosRun {
  options: ChaosOptions;
  timeline: Timeline;
  logFolder: string;
  /** Aborted when a person wants the run to end now; what was broken is mended first. */
  hurry: AbortSignal;
}

/** Starts the whole system, posts signals, breaks things, mends them, and returns what is known then. */
export async function runChaos(run: ChaosRun): Promise<Evidence> {
  await using started = new AsyncDisposableStack();
  const { options, timeline } = run;
  const times = divideTimes(options.divide);
  const apiKeys = accountKeys();
  const ground = await openGround(started, { apiKeys, divide: options.divide });
  const opened = openDb({ databaseUrl: ground.postgres.databaseUrl, poolSize: 4 });
  started.defer(async () => await opened.close());
  const { db } = opened;
  const strategies = await makeStrategies(db, { ...ground.near, ...times });
  const startedAt = Date.now();
  const specs = await specMembers({ ground, times, startedAt });
  const fleet = started.use(startFleet(run, specs));
  await becomeWhole({ fleet, timeline });
  const ending = AbortSignal.any([run.hurry, AbortSignal.timeout(options.forMs)]);
  const parts: FaultParts = { ground, fleet, times, timeline, db, apiKeys, ending };
  const senders = postSignals({ seed: options.seed, strategies, times, ingressUrls: urls(specs) });
  const people = workDaily(parts, {
    ...{ strategies, ending, now: () => marketTime(startedAt) },
    decidedAfterMs: DECIDED_MS / options.divide,
  });
  const faults = await breakThings(parts, options);
  await people;
  timeline.add('run', 'no new signals');
  await senders.stop();
  const asked = await settle(parts);
  await fleet[Symbol.asyncDispose]();
  return {
    ...(await readStore(db)),
    asked,
    wishes: [...senders.sent],
    calls: await readCalls(ground.simulator),
    trades: await readTrades(ground.simulator, apiKeys),
    witnessed: await ground.links.witnessed(),
    faults,
    notes: timeline.notes,
    limits: times,
  };
}

async function breakThings(parts: FaultParts, options: ChaosOptions): Promise<FaultFact[]> {
  const faults = chooseFaults(options.only);
  const reapers = Array.from({ length: options.together }, async (_none, number) => {
    return await reap(parts, { seed: options.seed, number, faults });
  });
  const done = (await Promise.all(reapers)).flat();
  if (!parts.ending.aborted) await once(parts.ending, 'abort');
  return done.toSorted((one, other) => one.from - other.from);
}

/**
 * Everything is mended; what is on its way gets the time it may take at the most. Then a person
 * settles what only a person can, and what waited for that gets its time as well.
 */
async function settle(parts: FaultParts): Promise<AskedOrder[]> {
  const { timeline, times, db } = parts;
  await mendOpenalgo(parts);
  await becomeWhole(parts);
  const { callTimeoutMs, leaseMs, entryMaxAgeMs, absentAfterMs } = times;
  const settlesWithinMs = absentAfterMs + leaseMs + SETTLE_SLACK_MS;
  const withinMs = Math.max(callTimeoutMs, settlesWithinMs) + 2 * entryMaxAgeMs + DRAIN_MS;
  const quiet = { db, simulator: parts.ground.simulator, settlesWithinMs };
  const moving = await waitUntilQuiet(quiet, withinMs);
  timeline.add('run', moving === undefined ? 'quiet' : `not quiet: ${moving}`);
  const asked = await listAsked(db);
  await answerQuestions(parts, asked);
  await cancelResting(parts);
  const isWaiting = moving === undefined || asked.length > 0;
  const still = await waitUntilQuiet(quiet, isWaiting ? withinMs : 1);
  if (still !== undefined) timeline.add('run', `not quiet: ${still}`);
  return asked;
}

async function specMembers(args: {
  ground: Ground;
  times: Times;
  startedAt: number;
}): Promise<MemberSpec[]> {
  const specs: MemberSpec[] = [];
  for (const [service, count] of crew) {
    for (let number = 1; number <= count; number++) {
      const port = await freePort();
      const env = () => ({
        ...args.times.env,
        DATABASE_URL: args.ground.near.databaseUrl,
        REDIS_URL: args.ground.near.redisUrl,
        ORDERLANE_SECRET_KEY: testSecretKey,
        // The senders are more and faster than people's.
        WEBHOOK_RATE_LIMIT: '1000000 per minute',
        // A server that is exchanged is noticed while it is there.
        CLIENT_ORDER_ID_CHECK_MS: `${Math.max(500, ASK_EVERY_MS / args.times.divide)} ms`,
        TRADING_CLOCK: marketTime(args.startedAt).toInstant().toString(),
        [`${service.toUpperCase()}_PORT`]: String(port),
      });
      specs.push({ name: `${service}-${number}`, service, port, env });
    }
  }
  return specs;
}

function urls(specs: readonly MemberSpec[]): string[] {
  return specs.flatMap(({ service, port }) =>
    service === 'ingress' ? [`http://127.0.0.1:${port}`] : [],
  );
}
