import { randomUUID } from 'node:crypto';
import type { Db } from '@orderlane/db/open-db';
import { insertMapping, insertStrategy } from '@orderlane/db/strategies';
import { type AccountId, brandIds, type StrategyId, type WebhookId } from '@orderlane/domain/ids';
import type { Product } from '@orderlane/domain/instrument';
import type { PositionScope, TradingMode } from '@orderlane/domain/strategy';
import { addAccount } from '../../support/accounts.ts';

/** How a strategy of the run trades. */
interface Style {
  name: string;
  /** Which of the accounts, from 0. */
  account: number;
  platform: 'tradingview' | 'chartink';
  mode: TradingMode | null;
  product: Product;
  scope: PositionScope;
  symbols: number;
  /** Between two signals, on average (ms). */
  meanGapMs: number;
  /** How many of its signals close, in place of opening. */
  exitShare: number;
  /** Strategies of one group trade the same stocks. */
  group: string;
  /** It is squared off every few minutes: a person moves its time on. */
  isIntraday: boolean;
}

const pair = {
  scope: 'strategy',
  symbols: 12,
  meanGapMs: 1500,
  exitShare: 0.35,
  group: 'pair',
} as const;

/** The market of a run opens at 10:00. */
const firstTimes = { start_time: '09:20', end_time: '10:00', squareoff_time: '10:01' };

/**
 * Two strategies on each account, of all trading modes. Smart orders (exits, reversals) stay below
 * the rate that their lane allows, the rest comes to about half of an account's rate. On the last
 * account two strategies trade the same stocks, and so does somebody by hand.
 */
const styles: readonly Style[] = [
  style('long', 0, {
    mode: 'LONG',
    scope: 'strategy',
    symbols: 40,
    meanGapMs: 350,
    exitShare: 0.1,
  }),
  style('both', 0, {
    mode: 'BOTH',
    scope: 'strategy',
    symbols: 8,
    meanGapMs: 3500,
    exitShare: 0.25,
  }),
  style('short', 1, { mode: 'SHORT', symbols: 25, meanGapMs: 500, exitShare: 0.1 }),
  style('scan long', 1, {
    platform: 'chartink',
    mode: null,
    symbols: 40,
    meanGapMs: 8000,
    isIntraday: true,
  }),
  style('delivery', 2, { mode: 'LONG', product: 'CNC', symbols: 25, meanGapMs: 600 }),
  style('scan short', 2, {
    platform: 'chartink',
    mode: null,
    scope: 'strategy',
    symbols: 40,
    meanGapMs: 10_000,
  }),
  style('pair one', 3, pair),
  style('pair two', 3, { ...pair, isIntraday: true }),
];

/** Index of the account that is also traded by hand, and the stocks of its strategies. */
export const handAccount = 3;
export const pairStocks = stocksOf('pair', pair.symbols);

/** Of these somebody may sell what a strategy bought. */
export const closableByHand = pairStocks.slice(-4);

const accountCount = 1 + Math.max(...styles.map(({ account }) => account));

/** Shares of every entry: each mapping's quantity. */
export const quantityOfEntry = 10;

/** A strategy that signals are posted to. */
export interface ChaosStrategy extends Style {
  id: StrategyId;
  accountId: AccountId;
  webhookId: WebhookId;
  /** Of its group: no other strategy of the account trades them. */
  stocks: readonly string[];
}

function style(name: string, account: number, rest: Partial<Style>): Style {
  return {
    ...{ name, account, platform: 'tradingview', mode: 'LONG', product: 'MIS' },
    scope: 'account',
    ...{ symbols: 20, meanGapMs: 1000, exitShare: 0.15, group: name, isIntraday: false },
    ...rest,
  };
}

function stocksOf(group: string, count: number): string[] {
  const prefix = group.toUpperCase().replaceAll(/[^A-Z]/g, '');
  return Array.from({ length: count }, (_none, index) => `${prefix}${index + 1}`);
}

/** The keys of the accounts at the simulator, each an OpenAlgo of its own. */
export function accountKeys(): string[] {
  return Array.from({ length: accountCount }, (_none, index) => `chaos-key-${index + 1}`);
}

/** Stores the accounts and their strategies. */
export async function makeStrategies(
  db: Db,
  args: { openalgoUrl: string; duplicateWindowMs: number },
): Promise<ChaosStrategy[]> {
  const accounts: AccountId[] = [];
  for (const apiKey of accountKeys()) {
    accounts.push(await addAccount(db, { baseUrl: args.openalgoUrl, apiKey }));
  }
  const byHand = accounts.slice(handAccount, handAccount + 1);
  await db
    .updateTable('openalgo_accounts')
    .set({ trades_elsewhere: true })
    .where('id', 'in', byHand)
    .execute();
  const made: ChaosStrategy[] = [];
  for (const each of styles) {
    const accountId = accounts[each.account];
    if (accountId === undefined) throw new Error(`There is no account ${each.account}`);
    made.push(await makeStrategy(db, { ...args, accountId, style: each }));
  }
  return made;
}

async function makeStrategy(
  db: Db,
  args: { accountId: AccountId; style: Style; duplicateWindowMs: number },
): Promise<ChaosStrategy> {
  const { accountId, style: each } = args;
  const webhookId = brandIds.webhook(randomUUID());
  const id = await insertStrategy(db, {
    user_id: 'owner',
    account_id: accountId,
    name: `chaos ${each.name}`,
    webhook_id: webhookId,
    platform: each.platform,
    trading_mode: each.mode,
    ...(each.isIntraday ? { is_intraday: true, ...firstTimes } : { is_intraday: false }),
    position_scope: each.scope,
    duplicate_window_ms: args.duplicateWindowMs,
    // Limits for people, far above what a run of chaos may want.
    max_entries: 1_000_000,
    max_orders_per_day: 1_000_000,
  });
  const stocks = stocksOf(each.group, each.symbols);
  // A square-off closes what is mapped: with "*" that would be other strategies' stocks, too.
  for (const symbol of each.isIntraday ? stocks : ['*']) {
    const mapping = { strategyId: id, signalSymbol: symbol, symbol, exchange: 'NSE' } as const;
    await insertMapping(db, { ...mapping, product: each.product, quantity: quantityOfEntry });
  }
  return { ...each, id, accountId, webhookId, stocks };
}
