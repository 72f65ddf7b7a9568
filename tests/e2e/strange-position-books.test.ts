import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Alter, type AlteredBooks, alterBooks } from '../support/altered-books.ts';
import { closings, makeTrader, openClosingStack, ownPositions } from '../support/closings.ts';
import { held } from '../support/square-off.ts';
import type { Stack } from '../support/stack.ts';

const within = { timeout: 25_000 };

let stack: Stack;
let books: AlteredBooks;
let ingressUrl: string;

beforeAll(async () => {
  stack = await openClosingStack({ env: { CLOSING_UNPROVED_MS: '3000' } });
  books = await alterBooks(stack);
  ingressUrl = (await stack.start('ingress')).url;
  await Promise.all([stack.start('executor'), stack.start('scheduler')]);
});
afterEach(() => {
  books.set('positionbook');
  books.set('tradebook');
});
afterAll(async () => {
  await stack[Symbol.asyncDispose]();
  await books[Symbol.asyncDispose]();
});

const quantities = (write: (quantity: number) => unknown): Alter => {
  return (rows) => rows.map((row) => ({ ...row, quantity: write(Number(row['quantity'])) }));
};

let pairs = 0;

/** A strategy of each scope that holds ten shares, each of a symbol of its own, and what becomes of them. */
async function makeBoth() {
  pairs += 1;
  const symbols = [`OWN${pairs}`, `ALL${pairs}`] as const;
  const [ownSymbol, allSymbol] = symbols;
  const values = { position_scope: 'strategy' } as const;
  const own = await makeTrader(stack, { ingressUrl, values, symbols: [ownSymbol] });
  const all = await makeTrader(stack, { ingressUrl, symbols: [allSymbol] });
  await own.post({ symbol: ownSymbol, action: 'BUY' });
  await all.post({ symbol: allSymbol, action: 'BUY' });
  const heldByUs = async () => ({
    ...(await ownPositions(stack, own.strategyId)),
    ...(await ownPositions(stack, all.strategyId)),
  });
  await expect.poll(heldByUs, within).toEqual({ [ownSymbol]: 10, [allSymbol]: 10 });
  const isOurs = (symbol: string) => symbols.some((each) => each === symbol);
  return {
    exit: async () => {
      await own.post({ symbol: ownSymbol, action: 'SELL' });
      await all.post({ symbol: allSymbol, action: 'SELL' });
    },
    statuses: async () =>
      (await closings(stack)).filter(({ symbol }) => isOurs(symbol)).map(({ status }) => status),
    /** Codes that say something was found wrong, in place of not known yet. */
    alerts: async () => {
      const rows = await stack.db.selectFrom('alerts').select(['code', 'subject']).execute();
      const ours = rows.filter(({ subject }) =>
        symbols.some((each) => subject.includes(`:${each}:`)),
      );
      return ours.map(({ code }) => code);
    },
    held: () => symbols.map((symbol) => held(stack, symbol)),
  };
}

describe('is read for what it says', () => {
  it.each<[string, Alter]>([
    ['strings', quantities(String)],
    ['floats', quantities((quantity) => `${quantity}.0`)],
    ['a negative zero', quantities((quantity) => (quantity === 0 ? '-0.0' : quantity))],
    ['every row twice', (rows) => [...rows, ...rows]],
    [
      'products that nobody knows, and rows without a name',
      (rows) => [
        ...rows.flatMap((row) => [{ ...row, product: 'BO', quantity: 99 }, row]),
        { exchange: 'NSE', symbol: null, product: 'MIS', quantity: 5 },
      ],
    ],
  ])('a position book with %s', async (_what, alter) => {
    const both = await makeBoth();
    books.set('positionbook', alter);
    // The trades of the day would show it, too: here the position book has to.
    books.set('tradebook', (rows) => rows.map((row) => ({ ...row, product: null })));
    await both.exit();
    await expect.poll(both.statuses, within).toEqual(['verified', 'verified']);
    expect(both.held()).toEqual([0, 0]);
    const isSlow = (code: string) => code === 'exit_unverified';
    expect((await both.alerts()).filter((code) => !isSlow(code))).toEqual([]);
  });
});

describe('proves nothing', () => {
  it.each<[string, Alter]>([
    [
      'rows that contradict each other',
      (rows) => [...rows, ...rows.map((row) => ({ ...row, quantity: 3 }))],
    ],
    ['half a share', quantities((quantity) => quantity + 0.5)],
    ['no quantities', quantities(() => '')],
    ['rows that are none', (rows) => [...rows, 'row', null]],
  ])('a position book with %s', async (_what, alter) => {
    const both = await makeBoth();
    books.set('positionbook', alter);
    books.set('tradebook', (rows) => rows.map((row) => ({ ...row, product: null })));
    await both.exit();
    await expect.poll(both.held, within).toEqual([0, 0]);
    const unverified = async () =>
      (await both.alerts()).filter((code) => code === 'exit_unverified').length;
    await expect.poll(unverified, within).toBe(2);
    expect(await both.statuses()).toEqual(['open', 'open']);
    // The trades of the day say it, while the position book still says nothing.
    books.set('tradebook');
    await expect.poll(both.statuses, within).toEqual(['verified', 'verified']);
  });
});
