import { randomUUID } from 'node:crypto';
import { openSquareOffs } from '@orderlane/db/open-square-offs';
import { calendarOf2026 } from '@orderlane/domain/market-calendar';
import { workSquareOffs } from '@orderlane/scheduler/work-square-offs';
import { expect, it } from 'vitest';
import { makeAccount } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';
import { makeIntraday } from '../support/square-off.ts';

it('a square-off whose book cannot be read is tried once a round, so that ticks go on', async () => {
  const parts = await freshParts();
  const accountId = await makeAccount(parts.db);
  const strategyId = await makeIntraday({ db: parts.db, accountId }, { symbols: ['SBIN'] });
  await openSquareOffs(parts.db, [
    {
      strategyId,
      sessionDate: '2026-02-10',
      dueTime: '15:15',
      status: 'working',
      detail: null,
    },
  ]);
  let reads = 0;
  await workSquareOffs({
    db: parts.db,
    calendar: calendarOf2026,
    isAuctionStock: () => true,
    newId: randomUUID,
    now: () => Temporal.ZonedDateTime.from('2026-02-10T15:15:00[Asia/Kolkata]'),
    worker: 'test',
    leaseMs: 30_000,
    watchMs: 5000,
    retryMs: 0,
    async readPositions() {
      reads += 1;
      return await Promise.resolve({ kind: 'unread', reason: 'it hangs' });
    },
    enqueue: async () => await Promise.resolve(),
    onStored: () => undefined,
    onMissed: () => undefined,
    onFault(error) {
      throw error;
    },
  });
  expect(reads).toBe(1);
  await parts.dispose();
});
