import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountRow } from '@orderlane/db/accounts';
import type { OrderToSend } from '@orderlane/db/due-orders';
import type { Books } from '@orderlane/openalgo/books';
import { expect, it } from 'vitest';
import { createShownPositions } from './shown-positions.ts';

type Reply = Awaited<ReturnType<Books['readPositionBook']>>;

const account = { id: 1, mode: 'live' } as unknown as AccountRow;
const instrument = { exchange: 'NSE', symbol: 'SBIN' } as const;
const exit = { ...instrument, product: 'MIS', action: 'SELL', quantity: 10 } as OrderToSend;
const delivery: OrderToSend = { ...exit, product: 'CNC' };

const instants = { startedAt: new Date(), endedAt: new Date() };
const silent: Reply = {
  ...{ kind: 'failure', cause: 'unreachable', httpStatus: null, reason: 'no answer' },
  ...instants,
};
const clean = (quantity: number, product = 'MIS'): Reply => ({
  ...{ kind: 'success', mode: 'live', ...instants },
  value: {
    rows: [{ ...instrument, product, quantity, averagePrice: null }],
    flaws: [],
    isClean: true,
    isEmpty: false,
  },
});

/** Books whose answers come when a test gives them; every look is a new read, and patient beyond any test. */
function open(withinMs = 3_600_000) {
  const asked = { positions: [], holdings: [] } as Record<string, ((reply: Reply) => void)[]>;
  const ask = (book: string) => async () =>
    await new Promise<Reply>((answer) => asked[book]?.push(answer));
  const shown = createShownPositions({
    clientOf: () => ({ readPositionBook: ask('positions'), readHoldings: ask('holdings') }),
    monotonicNow: () => performance.now(),
    sleep: async () => await Promise.resolve(),
    withinMs,
    freshAfterMs: 0,
    seeMode: async () => await Promise.resolve(),
  });
  return {
    of: async (order = exit) => await shown.of(account, order),
    answerLast: (reply: Reply, book = 'positions') => asked[book]?.at(-1)?.(reply),
    asked,
  };
}

it('after a book that did not come, no exit waits for it in its turn', async () => {
  const books = open();
  const first = books.of();
  books.answerLast(silent);
  expect(await first).toBeNull();
  // None of their reads is ever answered.
  const exits = await Promise.all(Array.from({ length: 40 }, async () => await books.of()));
  expect(new Set(exits)).toEqual(new Set([null]));
});

it('once it comes again, exits wait for it again', async () => {
  const books = open();
  const first = books.of();
  books.answerLast(silent);
  await first;
  expect(await books.of()).toBeNull();
  books.answerLast(clean(10));
  await sleep(0);
  const next = books.of();
  await sleep(500);
  books.answerLast(clean(12));
  expect(await next).toBe(12);
});

it('a read that fails behind a newer one that is clean changes nothing', async () => {
  const books = open();
  const [old, newer] = [books.of(), books.of()];
  books.answerLast(clean(10));
  expect(await newer).toBe(10);
  books.asked['positions']?.[0]?.(silent);
  expect(await old).toBeNull();
  const next = books.of();
  await sleep(500);
  books.answerLast(clean(11));
  expect(await next).toBe(11);
});

it('positions and holdings are asked for at once, and a book that does not come is not waited for longer', async () => {
  const books = open();
  const both = books.of(delivery);
  expect([books.asked['positions']?.length, books.asked['holdings']?.length]).toEqual([1, 1]);
  books.answerLast(clean(0, 'CNC'));
  books.answerLast(clean(10, 'CNC'), 'holdings');
  expect(await both).toBe(10);
  expect(await open(50).of(delivery)).toBeNull();
});
