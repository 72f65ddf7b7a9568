import { endWhatIsFlat } from '@orderlane/db/let-go';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerFirst, claimNow, unclearOutcome } from '../support/claims.ts';
import { storeOrder } from '../support/factories.ts';
import { type Holder, openHolder } from '../support/holder.ts';
import { fillOrder, sendOrder } from '../support/positions.ts';

let holder: Holder;

beforeEach(async () => {
  holder = await openHolder();
});
afterEach(async () => {
  await holder[Symbol.asyncDispose]();
});

const change = async (...args: string[]) => {
  await holder.cli.json(args);
};
const toFuture = ['--symbol', 'SBIN24FEB26FUT', '--exchange', 'NFO', '--product', 'NRML'];
const sell = { symbol: 'SBIN', action: 'SELL' };

/** Sends and fills the one order that is queued, of so many shares, and ends its closing. */
async function fillQueued(filled: number): Promise<void> {
  const { db } = holder.seed;
  const { id } = await db
    .selectFrom('orders')
    .select('id')
    .where('status', '=', 'queued')
    .executeTakeFirstOrThrow();
  await sendOrder(db, id);
  await fillOrder(db, { orderId: id, filled });
  await db.updateTable('closings').set({ status: 'verified' }).execute();
}

describe('after its mapping was changed', () => {
  it('an exit closes the instrument that was bought, an entry buys the new one', async () => {
    await change('mapping', 'edit', 'Holder', 'SBIN', ...toFuture);
    const answer = await holder.post(sell);
    expect(answer).toMatchObject({
      status: 200,
      body: { orders: [{ symbol: 'SBIN' }], refused: [] },
    });
    expect(await holder.queued()).toEqual(['SBIN SELL 10 exit']);
    await fillQueued(10);
    await holder.post({ symbol: 'SBIN', action: 'BUY' });
    expect(await holder.queued()).toEqual(['SBIN24FEB26FUT BUY 10 entry']);
  });

  it('the same exit again is a duplicate', async () => {
    await change('mapping', 'edit', 'Holder', 'SBIN', ...toFuture);
    const first = await holder.post(sell);
    const again = await holder.post(sell);
    expect(again.body).toMatchObject({ duplicate: true, signal_id: first.body['signal_id'] });
    expect(await holder.queued()).toHaveLength(1);
  });

  it('what it left is forgotten once it is flat, and then only', async () => {
    await change('mapping', 'edit', 'Holder', 'SBIN', ...toFuture);
    await endWhatIsFlat(holder.seed.db);
    expect(await holder.kept()).toEqual(['SBIN']);
    await holder.post(sell);
    await endWhatIsFlat(holder.seed.db);
    expect(await holder.kept()).toEqual(['SBIN']);
    await fillQueued(10);
    await endWhatIsFlat(holder.seed.db);
    expect(await holder.kept()).toEqual([]);
    expect((await holder.post({ ...sell, price: '1' })).body).toMatchObject({
      refused: [{ code: 'nothing_to_exit' }],
    });
  });
});

it('an exit closes what has no mapping any more; an entry is refused', async () => {
  await change('mapping', 'delete', 'Holder', 'SBIN');
  expect((await holder.post({ symbol: 'SBIN', action: 'BUY' })).body).toMatchObject({
    code: 'no_mapping',
  });
  await holder.post(sell);
  expect(await holder.queued()).toEqual(['SBIN SELL 10 exit']);
});

it('an entry that was sent before the change and fills after it is closed as well', async () => {
  const { db } = holder.seed;
  const late = await storeOrder(holder.seed, {});
  await sendOrder(db, late);
  await change('mapping', 'delete', 'Holder', 'SBIN');
  await fillOrder(db, { orderId: late, filled: 10 });
  await holder.post(sell);
  expect(await holder.queued()).toEqual(['SBIN SELL 20 exit']);
});

it('one that was given up as absent may yet turn up: its mapping is kept through its day', async () => {
  const { db } = holder.seed;
  const orderId = await storeOrder(holder.seed, {});
  await claimNow(db, { orderId });
  await answerFirst(db, { orderId, outcome: unclearOutcome });
  await db.updateTable('orders').set({ status: 'absent' }).where('id', '=', orderId).execute();
  await change('mapping', 'delete', 'Holder', 'SBIN');
  await db.updateTable('positions').set({ own: 0 }).execute();
  await endWhatIsFlat(db);
  expect(await holder.kept()).toEqual(['SBIN']);
});

describe('a strategy that takes exits only', () => {
  beforeEach(async () => {
    await change('strategy', 'toggle', 'Holder', '--exits-only');
  });

  it('refuses entries by its own code, and closes what it holds', async () => {
    const entry = await holder.post({ symbol: 'SBIN', action: 'BUY' });
    expect(entry).toMatchObject({ status: 400, body: { code: 'entries_off' } });
    expect((await holder.post(sell)).status).toBe(200);
    expect(await holder.queued()).toEqual(['SBIN SELL 10 exit']);
  });
});

it('a reversal of a BOTH strategy closes, and enters nothing, while entries are off', async () => {
  await holder[Symbol.asyncDispose]();
  holder = await openHolder({ trading_mode: 'BOTH' });
  await change('strategy', 'toggle', 'Holder', '--exits-only');
  await holder.post({ symbol: 'SBIN', action: 'SELL', position_size: -10 });
  expect(await holder.queued()).toEqual(['SBIN SELL 10 exit']);
});

describe('a deleted strategy', () => {
  it('takes exits until it is flat, and is gone then', async () => {
    await change('strategy', 'delete', 'Holder');
    expect((await holder.post({ symbol: 'SBIN', action: 'BUY' })).body).toMatchObject({
      code: 'entries_off',
    });
    expect(await endWhatIsFlat(holder.seed.db)).toEqual([]);
    await holder.post(sell);
    await fillQueued(10);
    expect(await endWhatIsFlat(holder.seed.db)).toEqual([
      { kind: 'strategy', id: holder.strategyId, name: 'Holder' },
    ]);
    expect((await holder.post(sell)).status).toBe(404);
    expect(await endWhatIsFlat(holder.seed.db)).toEqual([]);
  });

  it('goes once, whichever of two schedulers sees it', async () => {
    await change('strategy', 'delete', 'Holder');
    await holder.seed.db.updateTable('positions').set({ own: 0 }).execute();
    const gone = await Promise.all([1, 2, 3].map(async () => await endWhatIsFlat(holder.seed.db)));
    expect(gone.flat()).toHaveLength(1);
  });
});
