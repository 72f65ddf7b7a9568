import { pauseAccount } from '@orderlane/db/accounts';
import { setBrake } from '@orderlane/db/brakes';
import { updateStrategy } from '@orderlane/db/change-strategies';
import { setPosition } from '@orderlane/db/positions';
import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import { calendarOf2026 } from '@orderlane/domain/market-calendar';
import type { BookLook } from '@orderlane/manage/outlook-square-off';
import { preflightSquareOffs } from '@orderlane/scheduler/preflight-square-offs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerFirst, claimNow, unclearOutcome } from '../support/claims.ts';
import { makeAccount, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { fillNew, sbin, sendOrder } from '../support/positions.ts';
import { makeIntraday } from '../support/square-off.ts';

let parts: FreshParts;
let accountId: AccountId;
let strategyId: StrategyId;

beforeEach(async () => {
  parts = await freshParts();
  accountId = await makeAccount(parts.db, { name: 'main' });
  strategyId = await makeIntraday(
    { db: parts.db, accountId },
    {
      symbols: ['SBIN', 'INFY'],
      values: {
        name: 'Day',
        squareoff_time: '15:10',
        end_time: '15:00',
        position_scope: 'strategy',
      },
    },
  );
});
afterEach(async () => {
  await parts.dispose();
});

const seed = () => ({ db: parts.db, accountId, strategyId });
const flat: BookLook = { positions: [], failure: null };

interface World {
  look?: BookLook;
  served?: boolean;
  date?: string;
}

async function lookAt(
  time: string,
  { look = flat, served = true, date = '2026-02-10' }: World = {},
) {
  await preflightSquareOffs({
    ...{ db: parts.db, calendar: calendarOf2026, isAuctionStock: () => true, leadMs: 600_000 },
    now: () => Temporal.ZonedDateTime.from(`${date}T${time}[Asia/Kolkata]`),
    paceOf: () => ({ gapMs: 105, smartGapMs: 1100, windows: [] }),
    look: async () => await Promise.resolve(look),
    isServed: async () => await Promise.resolve(served),
    onFault(error) {
      throw error;
    },
  });
}

async function alerts() {
  return await parts.db
    .selectFrom('alerts')
    .select(['code', 'text', 'count', 'strategy_id', 'account_id'])
    .orderBy('id')
    .execute();
}

async function preflights() {
  return await parts.db
    .selectFrom('square_off_preflights')
    .select(['session_date', 'due_time', 'found'])
    .orderBy('due_time')
    .execute();
}

const hold = async () => void (await fillNew(seed(), {}));
const pause = async () => await pauseAccount(parts.db, { id: accountId, reason: 'news' });

describe('when it is looked', () => {
  beforeEach(async () => {
    await hold();
    await pause();
  });

  it('ten minutes before the time, not earlier and not on another day', async () => {
    await lookAt('14:59:59');
    // A Sunday.
    await lookAt('15:05:00', { date: '2026-02-08' });
    expect(await preflights()).toEqual([]);
    await lookAt('15:00:00');
    expect(await preflights()).toEqual([
      { session_date: '2026-02-10', due_time: '15:10', found: ['account_paused'] },
    ]);
  });

  it('once, however many look, and the alert says what is at stake', async () => {
    await Promise.all([lookAt('15:01:00'), lookAt('15:01:00'), lookAt('15:01:00')]);
    await lookAt('15:04:00');
    expect(await alerts()).toEqual([
      {
        code: 'square_off_at_risk',
        text: 'Square-off of Day at 15:10 of NSE:SBIN:MIS. Account "main" is paused: exits wait until it is resumed',
        count: 1,
        ...{ strategy_id: strategyId, account_id: accountId },
      },
    ]);
  });

  it('not any more when it is due: then the square-off itself tells', async () => {
    await lookAt('15:10:00');
    expect(await preflights()).toEqual([]);
  });

  it('again for a time that was moved', async () => {
    await lookAt('15:01:00');
    await updateStrategy(parts.db, { id: strategyId, values: { squareoff_time: '15:13' } });
    await lookAt('15:04:00');
    expect((await preflights()).map(({ due_time }) => due_time)).toEqual(['15:10', '15:13']);
    expect(await alerts()).toHaveLength(2);
  });
});

it('nothing in the way is written down, and told to nobody', async () => {
  await hold();
  await lookAt('15:05:00');
  expect(await preflights()).toMatchObject([{ found: [] }]);
  expect(await alerts()).toEqual([]);
});

it('nothing held is nothing at stake, whatever stands in the way', async () => {
  await pause();
  await lookAt('15:05:00');
  expect(await preflights()).toMatchObject([{ found: [] }]);
  expect(await alerts()).toEqual([]);
});

it('what only passes is looked at again until half of the time is gone', async () => {
  await hold();
  await lookAt('15:01:00', { served: false });
  expect(await preflights()).toEqual([]);
  await lookAt('15:02:00', { served: true });
  expect(await preflights()).toMatchObject([{ found: [] }]);
  expect(await alerts()).toEqual([]);
});

it('what does not pass by then is told: no executor, and a book that cannot be read', async () => {
  await hold();
  const unread = { positions: null, failure: 'it is empty, though orders left something open' };
  await lookAt('15:04:59', { served: false, look: unread });
  expect(await alerts()).toEqual([]);
  await lookAt('15:05:00', { served: false, look: unread });
  expect(await preflights()).toMatchObject([{ found: ['positions_unread', 'lane_unserved'] }]);
  expect(await alerts()).toMatchObject([
    { text: expect.stringMatching(/it is empty, though.*No executor serves the regular lane/) },
  ]);
});

describe('what stands in the way', () => {
  const foundAt = async (world: World = {}) => {
    await lookAt('15:05:00', world);
    return (await preflights()).flatMap(({ found }) => found);
  };

  it('a halt, also over everything', async () => {
    await hold();
    const set = { strength: 'halt', reason: null, setBy: 'test' } as const;
    await setBrake(parts.db, { scope: 'everything', id: 0 }, set);
    expect(await foundAt()).toEqual(['halted']);
  });

  it('a dead broker session', async () => {
    await hold();
    await parts.db.updateTable('openalgo_accounts').set({ session_dead_at: new Date() }).execute();
    expect(await foundAt({ look: { positions: null, failure: 'wrong key' } })).toEqual([
      'session_dead',
    ]);
  });

  it('the analyzer, where the position was built live', async () => {
    const place = { strategyId, accountId, ...sbin };
    await setPosition(parts.db, { ...place, mode: 'live', own: 10 });
    expect(await foundAt()).toEqual(['mode_changed']);
  });

  it('semi-auto, as the last order showed it', async () => {
    await hold();
    const orderId = await storeOrder(seed(), {});
    await claimNow(parts.db, { orderId });
    const outcome = { kind: 'awaiting_approval', pendingOrderId: '7', mode: 'analyze' } as const;
    await answerFirst(parts.db, { orderId, outcome });
    expect(await foundAt()).toEqual(['awaiting_approval']);
    const text =
      /keeps the orders of account "main" for approval.*Action Center: 1 order in NSE:SBIN/i;
    expect((await alerts())[0]?.text).toMatch(text);
  });

  it('an order of which nobody knows whether it was placed', async () => {
    const orderId = await storeOrder(seed(), {});
    await claimNow(parts.db, { orderId });
    await answerFirst(parts.db, { orderId, outcome: unclearOutcome });
    expect(await foundAt()).toEqual(['indeterminate']);
  });

  it('order and trade books that were not read for long', async () => {
    await sendOrder(parts.db, await storeOrder(seed(), {}));
    const read = { account_id: accountId, read_at: new Date(), failure: 'order book: timeout' };
    await parts.db.insertInto('book_reads').values(read).execute();
    expect(await foundAt()).toEqual(['books_unread']);
  });

  it('books that were read well a moment ago do not', async () => {
    await sendOrder(parts.db, await storeOrder(seed(), {}));
    const read = { account_id: accountId, read_at: new Date(), failure: 'order book: timeout' };
    const clean = { clean_started_at: new Date(), clean_ended_at: new Date() };
    await parts.db
      .insertInto('book_reads')
      .values({ ...read, ...clean })
      .execute();
    expect(await foundAt()).toEqual([]);
  });

  it('the closing auction alone has a code of its own', async () => {
    await hold();
    const values = { squareoff_time: '15:16' };
    await updateStrategy(parts.db, { id: strategyId, values });
    await lookAt('15:10:00', { date: '2026-10-06' });
    expect(await alerts()).toMatchObject([
      { code: 'closing_auction', text: expect.stringContaining('NSE:SBIN:MIS') },
    ]);
  });
});

it('scope account: what the position book shows open is at stake', async () => {
  await updateStrategy(parts.db, { id: strategyId, values: { position_scope: 'account' } });
  await pause();
  const positions = [{ exchange: 'NSE', symbol: 'INFY', product: 'MIS', quantity: 5 }];
  await lookAt('15:05:00', { look: { positions, failure: null } });
  expect(await alerts()).toMatchObject([
    { code: 'square_off_at_risk', text: expect.stringContaining('NSE:INFY:MIS') },
  ]);
});
