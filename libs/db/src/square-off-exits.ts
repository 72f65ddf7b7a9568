import type { Held } from '@orderlane/domain/held';
import type { AccountId, OrderId, StrategyId } from '@orderlane/domain/ids';
import type { Exchange, Product } from '@orderlane/domain/instrument';
import type { ExitPlan, HeldInOtherMode, HeldThere } from '@orderlane/domain/plan-closing';
import type { TradedInstrument } from '@orderlane/domain/plan-square-off';
import { sql } from 'kysely';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';
import type { DueOrder } from './outcomes.ts';

export interface InstrumentRow {
  accountId: AccountId;
  exchange: Exchange;
  symbol: string;
  product: Product;
}

export function toTraded({ accountId, ...instrument }: InstrumentRow): TradedInstrument {
  return { accountId, instrument };
}

/** Locks every instrument of the strategy, and these, so that nothing is stored for it meanwhile. */
export async function lockInstruments(
  db: Db,
  args: {
    strategyId: StrategyId;
    accountId: AccountId | null;
    open: readonly { exchange: string; symbol: string; product: string }[];
  },
): Promise<void> {
  const { strategyId, accountId, open } = args;
  await sql`select lock_strategy_instruments(${strategyId}, ${accountId}, ${jsonParameter(
    accountId === null ? [] : open,
  )}::jsonb)`.execute(db);
}

/**
 * Where orders of the strategy that were called in this span may have left something, whatever
 * became of them since: filled, in part too, not settled, awaiting approval, thought absent.
 * @param args.sinceMs the span begins this long ago (ms)
 * @param args.untilMs and ends this long ago
 * @param args.isPresentMode only orders that were not answered in the mode in which the account is not now
 */
export async function listTradedInstruments(
  db: Db,
  args: { strategyId: StrategyId; sinceMs: number; untilMs: number; isPresentMode?: boolean },
): Promise<TradedInstrument[]> {
  const { strategyId, sinceMs, untilMs, isPresentMode = false } = args;
  const { rows } = await sql<InstrumentRow>`
    select account_id as "accountId", exchange, symbol, product
    from traded_instruments(${strategyId}, ${sinceMs}, ${untilMs}, ${isPresentMode})`.execute(db);
  return rows.map(toTraded);
}

/** Where the strategy holds or awaits something, in the present mode of the account that built it. */
export async function listHeldThere(db: Db, strategyId: StrategyId): Promise<HeldThere[]> {
  const { rows } = await sql<InstrumentRow & Held>`
    select account_id as "accountId", exchange, symbol, product, own, coming, entries
    from held_there(${strategyId})`.execute(db);
  return rows.map(({ accountId, exchange, symbol, product, ...held }) => ({
    accountId,
    instrument: { exchange, symbol, product },
    held,
  }));
}

/** What the strategy owns in the mode in which its account's OpenAlgo is not now. */
export async function listHeldInOtherMode(
  db: Db,
  strategyId: StrategyId,
): Promise<HeldInOtherMode[]> {
  const { rows } = await sql<InstrumentRow & { own: number } & Pick<HeldInOtherMode, 'mode'>>`
    select account_id as "accountId", exchange, symbol, product, own, mode
    from held_in_other_mode(${strategyId})`.execute(db);
  return rows.map(({ accountId, exchange, symbol, product, own, ...other }) => ({
    ...{ accountId, ...other, instrument: { exchange, symbol, product } },
    held: { own, coming: 0, entries: 0 },
  }));
}

/**
 * Stores exits that no square-off made, of one strategy, whose instruments are locked, each with the next number of its
 * instrument.
 */
export async function storeExits(
  db: Db,
  args: {
    strategyId: StrategyId;
    strategyName: string;
    exits: readonly (ExitPlan & { id: OrderId })[];
  },
): Promise<DueOrder[]> {
  if (args.exits.length === 0) return [];
  const parameters = {
    strategy_id: args.strategyId,
    strategy_name: args.strategyName,
    exits: exitsParameter(args.exits),
  };
  await sql`select store_exits(${jsonParameter(parameters)}::jsonb)`.execute(db);
  return args.exits.map(({ id, accountId, lane, priority }) => ({ id, accountId, lane, priority }));
}

/** As the database's functions take them. */
export function exitsParameter(exits: readonly (ExitPlan & { id: OrderId })[]): object[] {
  return exits.map(
    ({ instrument, accountId, targetPosition, ownTarget, expiresInMs, notBeforeMs, ...exit }) => ({
      ...exit,
      ...instrument,
      account_id: accountId,
      target_position: targetPosition,
      own_target: ownTarget,
      expires_in_ms: expiresInMs,
      not_before_in_ms: notBeforeMs,
    }),
  );
}
