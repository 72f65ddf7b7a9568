import { summarizeDay } from '@orderlane/scheduler/alerts/summarize-day';
import { expect, it } from 'vitest';
import { claimNow } from '../support/claims.ts';
import { makeAccount, makeStrategy, storeOrder } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';

const at = (time: string) => Temporal.ZonedDateTime.from(`2026-02-10T${time}[Asia/Kolkata]`);

it('once a day, from 15:45, each account that traded is summed up', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  const accountId = await makeAccount(db, { name: 'main' });
  await makeAccount(db, { name: 'idle' });
  const strategyId = await makeStrategy(db, { account_id: accountId });
  const seed = { db, accountId, strategyId };
  for (const symbol of ['A', 'B', 'C']) {
    await storeOrder(seed, { instrument: { exchange: 'NSE', symbol, product: 'MIS' } });
  }
  const [first] = await db.selectFrom('orders').select('id').execute();
  if (first !== undefined) await claimNow(db, { orderId: first.id });
  const alerts = async () => await db.selectFrom('alerts').selectAll().execute();

  await summarizeDay(db, { now: at('15:44:59') });
  expect(await alerts()).toEqual([]);
  await Promise.all([1, 2, 3].map(async () => await summarizeDay(db, { now: at('15:45') })));
  await summarizeDay(db, { now: at('23:00') });

  expect(await alerts()).toMatchObject([
    {
      code: 'day_summary',
      subject: 'main 2026-02-10',
      account_id: accountId,
      count: 1,
      text: 'main today: signals 3 queued; orders 2 queued, 1 submitting; open positions: look at the broker',
    },
  ]);
});
