import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import type { StrategyId } from '@orderlane/domain/ids';
import { makeStrategy } from './factories.ts';
import { fastClosings, fastScheduler } from './fast-scheduler.ts';
import { postWebhook } from './ingress.ts';
import { openStack, type Stack, type StackOptions } from './stack.ts';

const fastTimes: Record<string, string> = {
  ...fastScheduler,
  ...fastClosings,
  SMART_REST_MS: '120',
  POSITION_FRESH_MS: '100',
  EXIT_WAIT_MS: '500',
  BOOKS_INHERITED_MS: '300',
  ABSENT_AFTER_MS: '1500',
  BOOKS_LEASE_MS: '2500',
  BOOKS_TIMEOUT_MS: '2000',
};

/** A stack whose waits are divided by about twenty, its far side's too. */
export async function openClosingStack(options: StackOptions = {}): Promise<Stack> {
  return await openStack({
    ...options,
    simulator: { timeScale: 10, ...options.simulator },
    env: { ...fastTimes, ...options.env },
  });
}

export interface Trader {
  strategyId: StrategyId;
  /** Posts a webhook of the strategy and answers what was answered. */
  post(body: Record<string, unknown>): ReturnType<typeof postWebhook>;
}

/** A positional LONG strategy with MIS mappings of ten shares each, and a hand on its webhook. */
export async function makeTrader(
  stack: Pick<Stack, 'db' | 'accountId'>,
  args: {
    ingressUrl: string;
    symbols?: readonly string[];
    product?: 'MIS' | 'CNC';
    values?: Partial<Omit<Parameters<typeof makeStrategy>[1], 'account_id'>>;
  },
): Promise<Trader> {
  const strategyId = await makeStrategy(stack.db, {
    account_id: stack.accountId,
    ...args.values,
  });
  for (const symbol of args.symbols ?? ['SBIN']) {
    const mapping = { strategyId, signalSymbol: symbol, symbol, quantity: 10 };
    await insertMapping(stack.db, { ...mapping, exchange: 'NSE', product: args.product ?? 'MIS' });
  }
  const webhookId = (await findStrategy(stack.db, strategyId))?.webhookId ?? '';
  return {
    strategyId,
    post: async (body) => await postWebhook(args.ingressUrl, { webhookId, body }),
  };
}

/** Every closing there is, oldest first. */
export async function closings(stack: Pick<Stack, 'db'>) {
  return await stack.db
    .selectFrom('closings')
    .innerJoin('strategy_instruments as si', 'si.id', 'closings.strategy_instrument_id')
    .select(['si.symbol', 'closings.status', 'closings.cause', 'closings.scope'])
    .orderBy('closings.opened_at')
    .execute();
}

/** The strategy's own positions that are not 0, by symbol. */
export async function ownPositions(
  stack: Pick<Stack, 'db'>,
  strategyId: StrategyId,
): Promise<Record<string, number>> {
  const rows = await stack.db
    .selectFrom('positions')
    .innerJoin('strategy_instruments as si', 'si.id', 'positions.strategy_instrument_id')
    .select(['si.symbol', 'positions.own'])
    .where('si.strategy_id', '=', strategyId)
    .where('positions.own', '<>', 0)
    .execute();
  return Object.fromEntries(rows.map(({ symbol, own }) => [symbol, own]));
}

export async function alertCodes(stack: Pick<Stack, 'db'>): Promise<string[]> {
  const rows = await stack.db.selectFrom('alerts').select('code').orderBy('id').execute();
  return rows.map(({ code }) => code);
}
