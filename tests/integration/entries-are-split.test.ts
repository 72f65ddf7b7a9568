import { recordSymbolFacts } from '@orderlane/db/symbols';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimNow } from '../support/claims.ts';
import { type Holder, openHolder } from '../support/holder.ts';
import { fillOrder, heldOf, sendOrder } from '../support/positions.ts';

let holder: Holder;
let calls = 0;

const infy = { exchange: 'NSE', symbol: 'INFY' } as const;

// An order of INFY may have 300 at the most.
beforeEach(async () => {
  holder = await openHolder({ trading_mode: 'BOTH', max_quantity: 5000 });
  const facts = { lotSize: 100, freezeQuantity: 350, tickSize: null };
  await recordSymbolFacts(holder.seed.db, infy, facts);
});
afterEach(async () => {
  await holder[Symbol.asyncDispose]();
});

const orders = async () =>
  await holder.seed.db
    .selectFrom('orders')
    .select(['id', 'seq', 'wish_seq', 'quantity', 'own_target', 'status', 'waits_for', 'role'])
    .where('symbol', '=', 'INFY')
    .orderBy('seq')
    .execute();
const shapes = async () =>
  (await orders()).map(({ role, quantity, status }) => `${role} ${quantity} ${status}`);
const to = async (size: number) =>
  await holder.post({
    ...{ symbol: 'INFY', position_size: size, price: String(++calls) },
    action: size < 0 ? 'SELL' : 'BUY',
  });

/** Sends the next part that is free to go, and fills it in whole. */
async function fillNext(): Promise<number> {
  const next = (await orders()).find(({ status }) => status === 'queued');
  if (next === undefined) throw new Error('nothing is queued');
  await sendOrder(holder.seed.db, next.id);
  const [sent] = (await orders()).filter(({ id }) => id === next.id);
  const filled = sent?.quantity ?? 0;
  await fillOrder(holder.seed.db, { orderId: next.id, filled });
  return filled;
}

describe('an entry above the freeze quantity', () => {
  it('is several orders of one wish, each waiting for the one before', async () => {
    expect((await to(700)).body).toMatchObject({ orders: [{ symbol: 'INFY' }] });
    const parts = await orders();
    expect(parts.map(({ quantity }) => quantity)).toEqual([300, 300, 100]);
    expect(new Set(parts.map((part) => part.wish_seq))).toEqual(new Set([parts[0]?.seq]));
    expect(parts.map((part) => part.waits_for)).toEqual([null, parts[0]?.id, parts[1]?.id]);
    const second = parts[1]?.id;
    if (second === undefined) throw new Error('no second part');
    expect(await claimNow(holder.seed.db, { orderId: second })).toMatchObject({ verdict: 'waits' });
    expect([await fillNext(), await fillNext(), await fillNext()]).toEqual([300, 300, 100]);
    expect(await holder.owned()).toMatchObject({ INFY: 700 });
  });

  it('counts once among the entries, while it is on its way and when it is filled', async () => {
    await to(700);
    const seed = holder.seed;
    const entriesOf = async () =>
      (await seed.db.selectFrom('positions').selectAll().execute()).map(({ entries }) => entries);
    await fillNext();
    await fillNext();
    expect(await entriesOf()).toEqual([1, 1]);
    expect((await to(700)).body).toMatchObject({ refused: [{ code: 'already_at_target' }] });
  });

  it('that falls short in a part goes on with what its target still lacks', async () => {
    await to(700);
    const [first] = await orders();
    if (first === undefined) throw new Error('no part');
    await sendOrder(holder.seed.db, first.id);
    await fillOrder(holder.seed.db, { orderId: first.id, filled: 50, to: 'cancelled' });
    expect([await fillNext(), await fillNext()]).toEqual([300, 300]);
    expect(await holder.owned()).toMatchObject({ INFY: 650 });
  });

  it('is void as a whole when an exit comes', async () => {
    await to(700);
    await fillNext();
    await to(0);
    expect(await shapes()).toEqual([
      'entry 300 filled',
      'entry 300 superseded',
      'entry 100 superseded',
      'exit 300 queued',
    ]);
  });

  it('goes across zero as well', async () => {
    await to(200);
    await fillNext();
    await to(-500);
    expect((await shapes()).slice(1)).toEqual([
      'entry 300 queued',
      'entry 300 queued',
      'entry 100 queued',
    ]);
    expect([await fillNext(), await fillNext(), await fillNext()]).toEqual([300, 300, 100]);
    expect(await holder.owned()).toMatchObject({ INFY: -500 });
  });
});

it('one that is not above it stays one order', async () => {
  await to(300);
  expect(await shapes()).toEqual(['entry 300 queued']);
  expect(await heldOf(holder.seed)).toMatchObject({ own: 10 });
});
