import { setTimeout as sleep } from 'node:timers/promises';
import { listDueOrders } from '@orderlane/db/due-orders';
import type { FaultFact } from './evidence/evidence.ts';
import type { ChaosFault, FaultParts } from './faults/fault.ts';
import { createRandom, type Random } from './random.ts';

export interface ReaperSpec {
  seed: number;
  /** Which of the reapers, where several break things at once. */
  number: number;
  faults: readonly ChaosFault[];
}

const CALM_MS = 6000;
const SHORTEST_CALM_MS = 700;
const WHOLE_WITHIN_MS = 30_000;

/**
 * Breaks one thing after the other: every fault once in an order of its own, then all of them again,
 * until the run ends. Between two faults everything is as it should be for a while.
 */
export async function reap(parts: FaultParts, spec: ReaperSpec): Promise<FaultFact[]> {
  const random = createRandom(spec.seed, `reaper ${spec.number}`);
  const done: FaultFact[] = [];
  let deck: ChaosFault[] = [];
  while (spec.faults.length > 0 && (await calm(parts, random))) {
    if (deck.length === 0) deck = random.shuffle(spec.faults);
    const fault = deck.pop();
    if (fault !== undefined) done.push(await breakOnce(parts, { fault, random }));
  }
  return done;
}

/** False when the run has ended meanwhile. */
async function calm({ times, ending }: FaultParts, random: Random): Promise<boolean> {
  const ms = Math.max(SHORTEST_CALM_MS, (CALM_MS / times.divide) * (0.5 + random.next()));
  await sleep(ms, undefined, { signal: ending }).catch(() => undefined);
  return !ending.aborted;
}

async function breakOnce(
  parts: FaultParts,
  { fault, random }: { fault: ChaosFault; random: Random },
): Promise<FaultFact> {
  const from = Date.now();
  const curedAt = await fault.run(parts, random);
  const due = await countDue(parts);
  await becomeWhole(parts);
  return { name: fault.name, from, to: Date.now(), curedAt, due };
}

async function countDue({ db }: FaultParts): Promise<number | null> {
  try {
    return (await listDueOrders(db, { limit: 1000 })).length;
  } catch {
    return null;
  }
}

/** Waits until every process is ready: the next fault would meet a system that is still getting up. */
export async function becomeWhole({
  fleet,
  timeline,
}: Pick<FaultParts, 'fleet' | 'timeline'>): Promise<void> {
  const until = Date.now() + WHOLE_WITHIN_MS;
  while (Date.now() < until) {
    if (await fleet.isWhole()) return;
    await sleep(100);
  }
  timeline.add('fault', `not every process is ready after ${WHOLE_WITHIN_MS} ms`);
}
