import type { AccountId, OrderId, StrategyId } from '@orderlane/domain/ids';
import type { Exchange, Instrument, Product } from '@orderlane/domain/instrument';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** What a strategy owns of one instrument. */
export interface PositionRow {
  strategyInstrumentId: number;
  strategyId: StrategyId;
  strategyName: string;
  /** The user whose strategy it is. */
  owner: string;
  accountId: AccountId;
  exchange: Exchange;
  symbol: string;
  product: Product;
  mode: TradingModeSeen;
  /** Signed shares. */
  own: number;
  /** Signed shares that orders on their way may still fill; of the account's present mode only. */
  coming: number;
  updatedAt: Date;
}

/** Every position that is not flat, or that something is coming for. */
export async function listPositions(
  db: Db,
  args: { strategyId?: StrategyId } = {},
): Promise<PositionRow[]> {
  const { rows } = await sql<PositionRow>`
    select si.id as "strategyInstrumentId", si.strategy_id as "strategyId", s.name as "strategyName", s.user_id as owner,
      si.account_id as "accountId", si.exchange, si.symbol, si.product, p.mode, p.own,
      case when p.mode = account_mode(si.account_id) then h.coming else 0 end as coming, p.updated_at as "updatedAt"
    from strategy_instruments si join strategies s on s.id = si.strategy_id
      join positions p on p.strategy_instrument_id = si.id,
      lateral held_position(si.id, p.mode, si.next_seq) h
    where (${args.strategyId ?? null}::integer is null or si.strategy_id = ${args.strategyId ?? null}::integer)
      and (p.own <> 0 or h.coming <> 0)
    order by s.name, si.exchange, si.symbol, si.product, p.mode`.execute(db);
  return rows;
}

/** Where the last fill of a regular order left its strategy's own position (signed shares). */
export async function findOwnAfterFill(db: Db, orderId: OrderId): Promise<number | undefined> {
  const row = await db
    .selectFrom('position_moves')
    .select('own_after')
    .where('order_id', '=', orderId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.own_after;
}

export interface PositionToSet extends Instrument {
  strategyId: StrategyId;
  accountId: AccountId;
  mode: TradingModeSeen;
  own: number;
}

/** Says what a strategy owns of an instrument; answers what it was before. Nothing is ordered. */
export async function setPosition(db: Db, args: PositionToSet): Promise<number> {
  const { strategyId, accountId, exchange, symbol, product, mode, own } = args;
  const place = { strategy_id: strategyId, account_id: accountId, exchange, symbol, product };
  await db
    .insertInto('strategy_instruments')
    .values(place)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await db
    .selectFrom('strategy_instruments')
    .select('id')
    .where((where) => where.and(place))
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{ before: number }>`select own_of(${id}, ${mode}) as before`.execute(
    db,
  );
  await sql`select move_position(${id}, ${mode}, 'person', ${own}, null, 0, false)`.execute(db);
  return rows[0]?.before ?? 0;
}

export interface RebuiltPosition
  extends Pick<PositionRow, 'strategyName' | 'exchange' | 'symbol' | 'product' | 'mode'> {
  before: number;
  after: number;
}

/**
 * Computes every position from the orders' fills again, since it was last set by something else (a
 * smart order, a closing, a person, the day's end), and corrects those that differ.
 */
export async function rebuildPositions(
  db: Db,
  args: { strategyId?: StrategyId } = {},
): Promise<RebuiltPosition[]> {
  const { rows } = await sql<RebuiltPosition>`
    select s.name as "strategyName", si.exchange, si.symbol, si.product, r.mode, r.before, r.after
    from rebuild_positions(${args.strategyId ?? null}::integer) r
      join strategy_instruments si on si.id = r.si join strategies s on s.id = si.strategy_id
    order by 1, 2, 3, 4, 5`.execute(db);
  return rows;
}
