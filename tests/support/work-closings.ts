import { newId } from '@orderlane/runtime/new-id';
import type { AccountLook } from '@orderlane/scheduler/look-at-account';
import { createTasks } from '@orderlane/scheduler/tasks';
import { type WorkClosingsDeps, workClosings } from '@orderlane/scheduler/work-closings';
import { expect } from 'vitest';
import type { Seed } from './factories.ts';

const ignore = async () => await Promise.resolve();

/** Waits so short that whatever is due by time is due; only proof and alerts have longer ones. */
export const closingTimes = {
  restMs: 1,
  retryMs: 1,
  proofGapMs: 0,
  unprovedMs: 60_000,
  lookAgainMs: 1,
  watchMs: 1,
};

/** A scheduler's one step of every closing, on a Tuesday morning, by books that show nothing. */
export async function workOnce(
  seed: Pick<Seed, 'db'>,
  others: Partial<Omit<WorkClosingsDeps, 'onFault'>> = {},
): Promise<void> {
  const faults: unknown[] = [];
  const onFault = (error: unknown) => void faults.push(error);
  const tasks = createTasks(onFault);
  await workClosings({
    ...{
      db: seed.db,
      worker: newId(),
      leaseMs: 60_000,
      times: closingTimes,
      newId,
      tasks,
      onFault,
    },
    ...{ calendar: new Map(), isAuctionStock: () => false, onEnded: () => undefined },
    now: () => Temporal.ZonedDateTime.from('2026-02-10T10:00:00+05:30[Asia/Kolkata]'),
    look: async () => await Promise.resolve(lookThatShows(null)),
    cancel: ignore,
    enqueue: ignore,
    ...others,
  });
  await tasks[Symbol.asyncDispose]();
  expect(faults).toEqual([]);
}

export function lookThatShows(quantity: number | null): AccountLook {
  return { shown: () => quantity, traded: () => null, isQuietlyEmpty: false };
}
