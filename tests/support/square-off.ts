import { insertMapping } from '@orderlane/db/strategies';
import type { StrategyId } from '@orderlane/domain/ids';
import type { Call } from '@orderlane/simulator/calls/call-log';
import { sql } from 'kysely';
import { makeStrategy } from './factories.ts';
import { fastScheduler } from './fast-scheduler.ts';
import { placeCalls } from './place-calls.ts';
import type { Stack } from './stack.ts';

/** A Tuesday on which all markets are open; the trading clock starts at this time of it. */
export function clockAt(time: string, date = '2026-02-10'): { TRADING_CLOCK: string } {
  return { TRADING_CLOCK: `${date}T${time}+05:30` };
}

/** Ticks of its own all the time, as if Redis never called. */
export const restlessClock = { ...fastScheduler, TICK_CHECK_MS: '100', TICK_STALE_MS: '200' };

/** An intraday strategy, made an hour ago unless said otherwise, that is squared off at 15:15. */
export async function makeIntraday(
  stack: Pick<Stack, 'db' | 'accountId'>,
  args: {
    symbols?: readonly string[];
    madeAgo?: string;
    values?: Partial<Omit<Parameters<typeof makeStrategy>[1], 'account_id'>>;
  } = {},
): Promise<StrategyId> {
  const id = await makeStrategy(stack.db, {
    account_id: stack.accountId,
    is_intraday: true,
    start_time: '09:20',
    end_time: '15:00',
    squareoff_time: '15:15',
    squareoff_armed_at: sql<Date>`now() - ${args.madeAgo ?? '1 hour'}::interval` as unknown as Date,
    ...args.values,
  });
  for (const symbol of args.symbols ?? []) {
    const mapping = { strategyId: id, signalSymbol: symbol, symbol, quantity: 10 };
    await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  }
  return id;
}

/** Gives the account a position that no order of ours made. */
export function hold(stack: Stack, symbol: string, quantity: number): void {
  const book = brokerBook(stack);
  book.position({ symbol, exchange: 'NSE', product: 'MIS' }).quantity = quantity;
}

/** Buys or sells by hand at the broker: a row in its order book. */
export function tradeByHand(stack: Stack, symbol: string, quantity: number): void {
  const book = brokerBook(stack);
  const instrument = { symbol, exchange: 'NSE', product: 'MIS' } as const;
  const at = Date.now();
  const placed = book.add(
    {
      ...instrument,
      strategy: '',
      action: 'BUY',
      quantity,
      pricetype: 'MARKET',
      price: 0,
      triggerPrice: 0,
      clientOrderId: null,
    },
    { orderid: `hand-${symbol}`, at },
  );
  book.fill(placed, { quantity, price: 100, at });
}

export function held(stack: Stack, symbol: string): number {
  return brokerBook(stack).quantityOf({ symbol, exchange: 'NSE', product: 'MIS' });
}

export function brokerBook(stack: Stack) {
  const account = stack.simulator.simulator.accounts.first();
  if (account === undefined) throw new Error('no account at the simulator');
  return account.live;
}

/** Symbols of the exits that the simulator was asked for, in order of arrival. */
export function exitCalls(stack: Stack): string[] {
  return placeCalls(stack.simulator).map(symbolOf);
}

function symbolOf({ body }: Call): string {
  const { symbol, quantity, position_size: target } = body as Record<string, string>;
  if (quantity !== '0' || target !== '0') throw new Error(`not an exit: ${JSON.stringify(body)}`);
  return symbol ?? '';
}

/** Every square-off there is. */
export async function squareOffs(stack: Pick<Stack, 'db'>) {
  return await stack.db
    .selectFrom('square_offs')
    .select(['session_date', 'status', 'exits', 'run'])
    .orderBy('id')
    .execute();
}

/** Waits until a tick that began after now has finished. */
export async function untilTicked(stack: Pick<Stack, 'db'>): Promise<void> {
  const finished = async () =>
    (await stack.db.selectFrom('clock').select('last_tick_at').executeTakeFirstOrThrow())
      .last_tick_at;
  for (let ticks = 0; ticks < 2; ticks++) {
    const before = await finished();
    const deadline = Date.now() + 20_000;
    while (String(await finished()) === String(before)) {
      if (Date.now() > deadline) throw new Error('no tick has finished');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
