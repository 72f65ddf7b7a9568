import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import { makeAccount, makeStrategy, type Seed } from './factories.ts';
import { openHereCli } from './here-cli.ts';
import { openIngress, postWebhook } from './ingress.ts';
import { fillNew } from './positions.ts';

/** A strategy of scope strategy that owns 10 SBIN, the command line, and a hand on its webhook. */
export interface Holder extends AsyncDisposable {
  seed: Seed;
  cli: Awaited<ReturnType<typeof openHereCli>>;
  accountId: AccountId;
  strategyId: StrategyId;
  post(body: Record<string, unknown>): ReturnType<typeof postWebhook>;
  /** Each order that is still queued: `OLD SELL 10 exit`. */
  queued(): Promise<string[]>;
  /** Its own position in each instrument, 0 as well. */
  owned(): Promise<Record<string, number>>;
  /** The signal symbols that are kept for exits. */
  kept(): Promise<string[]>;
}

const clock = { TRADING_CLOCK: '2026-02-10T10:00:00+05:30' };

/** @param values of the strategy, which is called Holder */
export async function openHolder(
  values: Partial<Omit<Parameters<typeof makeStrategy>[1], 'account_id'>> = {},
): Promise<Holder> {
  const stack = new AsyncDisposableStack();
  const cli = stack.use(await openHereCli(clock));
  const { db } = cli.parts;
  const ingress = stack.use(await openIngress(cli.parts));
  const accountId = await makeAccount(db, { name: 'main' });
  const own = { name: 'Holder', position_scope: 'strategy' } as const;
  const strategyId = await makeStrategy(db, { account_id: accountId, ...own, ...values });
  for (const symbol of ['SBIN', 'INFY']) {
    const mapping = { strategyId, signalSymbol: symbol, symbol, quantity: 10 };
    await insertMapping(db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  }
  const seed = { db, accountId, strategyId };
  await fillNew(seed, {});
  const webhookId = (await findStrategy(db, strategyId))?.webhookId ?? '';
  return {
    ...{ cli, seed, accountId, strategyId },
    post: async (body) => await postWebhook(ingress.url, { webhookId, body }),
    async queued() {
      const rows = await db
        .selectFrom('orders')
        .select(sql<string>`concat_ws(' ', symbol, action, quantity, role)`.as('text'))
        .where('status', '=', 'queued')
        .orderBy('stored_at')
        .execute();
      return rows.map(({ text }) => text);
    },
    async owned() {
      const rows = await db
        .selectFrom('positions as p')
        .innerJoin('strategy_instruments as si', 'si.id', 'p.strategy_instrument_id')
        .select(['si.symbol', 'p.own'])
        .where('si.strategy_id', '=', strategyId)
        .where('p.mode', '=', 'analyze')
        .execute();
      return Object.fromEntries(rows.map(({ symbol, own: shares }) => [symbol, shares]));
    },
    async kept() {
      const rows = await db.selectFrom('former_mappings').select('signal_symbol').execute();
      return rows.map(({ signal_symbol }) => signal_symbol);
    },
    [Symbol.asyncDispose]: async () => await stack.disposeAsync(),
  };
}
