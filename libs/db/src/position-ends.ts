import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import type { Exchange, Instrument, Product } from '@orderlane/domain/instrument';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** Ends intraday positions of earlier days, each with its alert; answers how many. */
export async function endIntradayPositions(db: Db): Promise<number> {
  const { rows } = await sql<{ ended: number }>`select end_intraday_positions() as ended`.execute(
    db,
  );
  return rows[0]?.ended ?? 0;
}

export interface OpenPositionRow extends Instrument {
  strategyInstrumentId: number;
  strategyName: string;
  mode: TradingModeSeen;
  own: number;
}

/** Open positions on exchanges whose contracts expire. */
export async function listOpenDerivatives(db: Db): Promise<OpenPositionRow[]> {
  const { rows } = await sql<OpenPositionRow>`
    select i.id as "strategyInstrumentId", s.name as "strategyName", i.exchange, i.symbol, i.product, p.mode, p.own
    from positions p join strategy_instruments i on i.id = p.strategy_instrument_id join strategies s on s.id = i.strategy_id
    where p.own <> 0 and i.exchange not in ('NSE', 'BSE')
    order by i.id`.execute(db);
  return rows;
}

/** Ends a position whose contract has expired, with its alert. */
export async function endExpiredPosition(db: Db, position: OpenPositionRow): Promise<void> {
  const { strategyInstrumentId, mode, strategyName, own, symbol } = position;
  const text = `${strategyName} owned ${own} ${symbol} when the contract expired: the exchange has settled it`;
  await sql`select end_position(${strategyInstrumentId}, ${mode}, 'expiry', 'position_expired', ${text})`.execute(
    db,
  );
}

/** What all strategies together own of an account's instrument, with nothing on its way there. */
export interface OwnedThere {
  accountId: AccountId;
  exchange: Exchange;
  symbol: string;
  product: Product;
  /** Signed shares. */
  own: number;
  strategyNames: string[];
  strategyId: StrategyId;
}

/** What the account's book should show of its strategies' positions, in its present mode. */
export async function listOwnedThere(db: Db, accountId: AccountId): Promise<OwnedThere[]> {
  const { rows } = await sql<OwnedThere>`
    select i.account_id as "accountId", i.exchange, i.symbol, i.product, sum(p.own)::integer as own,
      array_agg(s.name order by s.name) as "strategyNames", min(s.id) as "strategyId"
    from strategy_instruments i join positions p on p.strategy_instrument_id = i.id and p.own <> 0
      join strategies s on s.id = i.strategy_id
    where i.account_id = ${accountId} and p.mode = account_mode(${accountId})
      and not exists (select from orders o
        where o.account_id = i.account_id and o.exchange = i.exchange and o.symbol = i.symbol and o.product = i.product
          and (o.status in ('submitting', 'indeterminate', 'awaiting_approval') or may_fill(o)) and not is_elsewhere(o))
      and not exists (select from closings c where c.strategy_instrument_id = i.id and c.status = 'open'
        and coalesce(c.mode, account_mode(i.account_id)) = account_mode(i.account_id))
    group by i.account_id, i.exchange, i.symbol, i.product
    order by 1, 2, 3, 4`.execute(db);
  return rows.filter(({ own }) => own !== 0);
}
