import { readAuction } from '@orderlane/db/live-auction';
import { insertMapping } from '@orderlane/db/strategies';
import { recordSymbolFacts } from '@orderlane/db/symbols';
import type { AccountId } from '@orderlane/domain/ids';
import type { Exchange } from '@orderlane/domain/instrument';
import { refreshSymbols } from '@orderlane/scheduler/refresh-symbols';
import { createTasks } from '@orderlane/scheduler/tasks';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openTestClient } from '../support/openalgo-calls.ts';
import { fillNew, sbin } from '../support/positions.ts';

type Answer = { httpStatus?: number; body: unknown };

let parts: FreshParts;
let accountId: AccountId;
/** By what is asked: `symbol NFO:NIFTY24FEB26FUT` or `search RELIANCE FUT`. */
let answers: Map<string, Answer>;
let asked: string[];

beforeEach(async () => {
  parts = await freshParts();
  accountId = await makeAccount(parts.db);
  answers = new Map();
  asked = [];
});
afterEach(async () => {
  await parts.dispose();
});

const success = (data: unknown): Answer => ({ body: { status: 'success', data } });
const unknown: Answer = {
  httpStatus: 404,
  body: { status: 'error', message: 'Symbol not found' },
};
const row = (symbol: string, exchange: string, rest: object = {}) => ({
  symbol,
  exchange,
  lotsize: 1,
  tick_size: 0.05,
  freeze_qty: 1,
  ...rest,
});
const futures = (...symbols: string[]) => success(symbols.map((symbol) => row(symbol, 'NFO')));

/** A strategy that trades these, each mapped under its own name. */
async function mapped(names: readonly string[]): Promise<void> {
  const strategyId = await makeStrategy(parts.db, { account_id: accountId });
  for (const name of names) {
    const [exchange = '', symbol = ''] = name.split(':');
    const product = exchange === 'NSE' || exchange === 'BSE' ? 'MIS' : 'NRML';
    const mapping = { strategyId, signalSymbol: symbol, symbol, product, quantity: 1 } as const;
    await insertMapping(parts.db, { ...mapping, exchange: exchange as Exchange });
  }
}

function answerTo(path: string, body: Record<string, string>): Answer {
  const what = path.endsWith('/search')
    ? `search ${body['query']}`
    : `symbol ${body['exchange']}:${body['symbol']}`;
  asked.push(what);
  return answers.get(what) ?? (what.startsWith('search') ? success([]) : unknown);
}

/** One round against an OpenAlgo that gives the answers. */
async function refresh(changes: { factsMs?: number; auctionMs?: number } = {}): Promise<void> {
  await using server = await startHttpServer((response, { path, body }) => {
    const { httpStatus = 200, body: answer } = answerTo(
      path,
      JSON.parse(body) as Record<string, string>,
    );
    answerJson(response, httpStatus, answer);
  });
  await using client = openTestClient({ baseUrl: server.url });
  await using tasks = createTasks((error) => {
    throw error;
  });
  await refreshSymbols({
    ...{ db: parts.db, tasks, clientOf: () => client },
    ...{ checkMs: 0, factsMs: 3_600_000, auctionMs: 7_200_000, timeoutMs: 5000, ...changes },
  });
}

const facts = async () =>
  await parts.db
    .selectFrom('symbols')
    .select(['symbol', 'lot_size', 'freeze_quantity', 'most_per_order', 'tick_size', 'in_auction'])
    .orderBy('symbol')
    .execute();

const future = 'NFO:NIFTY24FEB26FUT';
const niftyFacts = row('NIFTY24FEB26FUT', 'NFO', { lotsize: 65, freeze_qty: '1800' });

/** As if everything had been asked so long ago. */
const age = async (interval: string) =>
  await sql`update symbols set checked_at = now() - ${interval}::interval,
    auction_checked_at = now() - ${interval}::interval`.execute(parts.db);

it('keeps lot size, freeze quantity and tick of what is mapped, in whole lots', async () => {
  await mapped([future]);
  answers.set(`symbol ${future}`, success(niftyFacts));
  await refresh();
  expect(await facts()).toEqual([
    {
      ...{ symbol: 'NIFTY24FEB26FUT', lot_size: 65, freeze_quantity: 1800, in_auction: null },
      ...{ most_per_order: 1755, tick_size: '0.05' },
    },
  ]);
});

it('asks once a day, and a few symbols in each round', async () => {
  await mapped([1, 2, 3, 4, 5, 6, 7].map((each) => `MCX:GOLD0${each}MAR26FUT`));
  await refresh();
  expect(asked).toHaveLength(5);
  await refresh();
  expect(new Set(asked).size).toBe(7);
  await refresh();
  expect(asked).toHaveLength(7);
  await age('61 minutes');
  await refresh();
  expect(asked).toHaveLength(12);
});

it('asks for what is held or was traded today, though no mapping names it, and nothing of "*"', async () => {
  const strategyId = await makeStrategy(parts.db, { account_id: accountId });
  const any = { strategyId, signalSymbol: '*', symbol: '*', quantity: 1 } as const;
  await insertMapping(parts.db, { ...any, exchange: 'NSE', product: 'MIS' });
  await fillNew({ db: parts.db, accountId, strategyId }, { instrument: sbin });
  await refresh();
  expect(asked).toContain('symbol NSE:SBIN');
  expect(asked.join()).not.toContain('*');
});

describe('what cannot be right changes nothing', () => {
  it.each([
    ['nothing but the name', {}],
    ['OpenAlgo’s word for not known', { lotsize: null, freeze_qty: 1, tick_size: null }],
    ['nonsense', { lotsize: -3, freeze_qty: 'many', tick_size: 0 }],
    ['less than a lot', { lotsize: null, freeze_qty: 0 }],
  ])('%s', async (_what, changes) => {
    await mapped([future]);
    answers.set(`symbol ${future}`, success(niftyFacts));
    await refresh();
    const before = await facts();
    const bare = { symbol: 'NIFTY24FEB26FUT', exchange: 'NFO' };
    answers.set(`symbol ${future}`, success({ ...bare, ...changes }));
    await age('61 minutes');
    await refresh();
    expect(asked).toHaveLength(2);
    expect(await facts()).toEqual(before);
  });

  it('a symbol that OpenAlgo does not know holds up no other', async () => {
    await mapped(['NFO:AAA24FEB26FUT', future]);
    answers.set(`symbol ${future}`, success(niftyFacts));
    await refresh();
    expect(await facts()).toMatchObject([
      { symbol: 'AAA24FEB26FUT', lot_size: null, most_per_order: null },
      { symbol: 'NIFTY24FEB26FUT', lot_size: 65 },
    ]);
  });

  it('an OpenAlgo that answers nobody is asked again in the next round', async () => {
    await mapped(['NFO:AAA24FEB26FUT', future]);
    answers.set('symbol NFO:AAA24FEB26FUT', {
      httpStatus: 429,
      body: { message: '10 per 1 second' },
    });
    await refresh();
    expect(await facts()).toEqual([]);
    expect(asked).toHaveLength(1);
    answers.delete('symbol NFO:AAA24FEB26FUT');
    await refresh();
    expect(await facts()).toHaveLength(2);
  });

  it('an account whose broker session is dead is not asked', async () => {
    await mapped([future]);
    await parts.db
      .updateTable('openalgo_accounts')
      .set({ session_dead_at: sql<Date>`now()` })
      .execute();
    await refresh();
    expect(asked).toEqual([]);
  });
});

describe('the closing auction', () => {
  const stocks = ['NSE:RELIANCE', 'BSE:TINYCO'];
  const isIn = async (exchange: Exchange, symbol: string) =>
    (await readAuction(parts.db))({ exchange, symbol });

  it('is for stocks that have a future; of the others it is known', async () => {
    await mapped(stocks);
    answers.set('search RELIANCE FUT', futures('RELIANCEX24FEB26FUT', 'RELIANCE24FEB26FUT'));
    answers.set('search TINYCO FUT', futures('TINYCOM24FEB26FUT'));
    answers.set('search NIFTY FUT', futures('NIFTY24FEB26FUT'));
    expect(await isIn('BSE', 'TINYCO')).toBe(true);
    await refresh();
    expect(await facts()).toMatchObject([
      { symbol: 'RELIANCE', in_auction: true },
      { symbol: 'TINYCO', in_auction: false },
    ]);
    expect(await isIn('NSE', 'RELIANCE')).toBe(true);
    expect(await isIn('BSE', 'TINYCO')).toBe(false);
    expect(await isIn('NSE', 'TINYCO')).toBe(true);
  });

  it('cannot be told by an OpenAlgo that knows no futures at all: every stock may be in it', async () => {
    await mapped(stocks);
    await refresh();
    expect(await facts()).toMatchObject([{ in_auction: null }, { in_auction: null }]);
    expect(await isIn('BSE', 'TINYCO')).toBe(true);
    expect(asked.filter((each) => each === 'search NIFTY FUT')).toHaveLength(1);
  });

  it('is asked for once a week, sooner where it could not be told, and what was known stays', async () => {
    await mapped(['BSE:TINYCO']);
    answers.set('search NIFTY FUT', futures('NIFTY24FEB26FUT'));
    await refresh();
    answers.delete('search NIFTY FUT');
    const searches = () => asked.filter((each) => each === 'search TINYCO FUT').length;
    await age('61 minutes');
    await refresh();
    expect(searches()).toBe(1);
    await age('121 minutes');
    await refresh();
    expect(searches()).toBe(2);
    expect(await isIn('BSE', 'TINYCO')).toBe(false);
    await parts.db.updateTable('symbols').set({ in_auction: null }).execute();
    await age('61 minutes');
    await refresh();
    expect(searches()).toBe(3);
  });

  it('is of no concern to what is no share', async () => {
    await mapped([future, 'MCX:GOLD05MAR26FUT']);
    await refresh();
    expect(asked.filter((each) => each.startsWith('search'))).toEqual([]);
  });
});

it('a limit of an order is whole lots, and none where less than a lot would be left', async () => {
  const limitOf = async (lotSize: number | null, freezeQuantity: number | null) => {
    const name = { exchange: 'NFO', symbol: `X${lotSize}-${freezeQuantity}` } as const;
    await recordSymbolFacts(parts.db, name, { lotSize, freezeQuantity, tickSize: null });
    const { most_per_order } = await parts.db
      .selectFrom('symbols')
      .select('most_per_order')
      .where('symbol', '=', name.symbol)
      .executeTakeFirstOrThrow();
    return most_per_order;
  };
  expect(await limitOf(65, 1800)).toBe(1755);
  expect(await limitOf(null, 1800)).toBe(1800);
  expect(await limitOf(65, null)).toBeNull();
  expect(await limitOf(65, 64)).toBeNull();
});
