import { openSquareOffs } from '@orderlane/db/open-square-offs';
import { takeUpSquareOff } from '@orderlane/db/square-off-steps';
import { takeSquareOffs } from '@orderlane/db/square-offs';
import { expect, it } from 'vitest';
import { statusOfOrder } from '../support/claims.ts';
import { seedStrategy, storeOrder } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';

it('a square-off whose lease went to another scheduler is not taken up by the first, and nothing of it is void', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  const seed = await seedStrategy(db);
  const { strategyId, accountId } = seed;
  const entry = await storeOrder(seed, { role: 'entry' });
  const due = { strategyId, sessionDate: '2026-02-10', dueTime: '15:15', detail: null } as const;
  await openSquareOffs(db, [{ ...due, status: 'working' }]);
  const take = async (worker: string) =>
    (await takeSquareOffs(db, { worker, leaseMs: 0, limit: 1, after: 0 }))[0];
  const takeUp = async (squareOff: Awaited<ReturnType<typeof take>>) => {
    if (squareOff === undefined) throw new Error('No square-off was due');
    const span = { sinceMs: 1000, untilMs: 0 };
    return await takeUpSquareOff(db, { squareOff, strategyId, accountId, open: [], span });
  };
  const first = await take('first');
  const second = await take('second');
  expect(await takeUp(first)).toBeUndefined();
  expect(await statusOfOrder(db, entry)).toBe('queued');
  expect(await takeUp(second)).toMatchObject({ voided: [{ id: entry, accountId }] });
  expect(await statusOfOrder(db, entry)).toBe('cancelled');
});
