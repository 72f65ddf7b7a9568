import type { SignalId, StrategyId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import { isBehind, isOfTenant, isWithin, microsOf, type PageMark, type Span } from './page.ts';
import type { SignalsTable } from './schema/signals.ts';
import type { SignalToShow, StoredAnswer } from './signals.ts';

export interface SignalFilter extends Span {
  tenant: string | null;
  strategyId?: StrategyId | undefined;
  /** As the sender wrote it, or OpenAlgo's of an order that came of it; in upper case. */
  symbol?: string | undefined;
  verdict?: SignalsTable['verdict'] | undefined;
  code?: string | undefined;
}

/** A signal with where a page goes on behind it. */
export interface ListedSignal extends SignalToShow {
  atMicros: number;
}

/** The newest signals first, refused ones too, from a mark on. */
export async function pageSignals(
  db: Db,
  filter: SignalFilter,
  page: { behind: PageMark | undefined; limit: number },
): Promise<ListedSignal[]> {
  const { strategyId, symbol, verdict, code } = filter;
  let query = db
    .selectFrom('signals')
    .innerJoin('strategies', 'strategies.id', 'signals.strategy_id')
    .select([
      'signals.id',
      'signals.strategy_id as strategyId',
      'strategies.name as strategyName',
      'signals.received_at as receivedAt',
      'signals.verdict',
      'signals.code',
      'signals.http_status as httpStatus',
      'signals.answer',
    ])
    .select(microsOf('signals.received_at').as('atMicros'))
    .where(isOfTenant('signals.strategy_id', filter.tenant))
    .where(isWithin('signals.received_at', filter))
    .where(isBehind('signals.received_at', 'signals.id', page.behind));
  if (strategyId !== undefined) query = query.where('signals.strategy_id', '=', strategyId);
  if (verdict !== undefined) query = query.where('signals.verdict', '=', verdict);
  if (code !== undefined) query = query.where(hasCode(code));
  if (symbol !== undefined) query = query.where(namesSymbol(symbol));
  const rows = await query
    .orderBy('signals.received_at', 'desc')
    .orderBy('signals.id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({ ...row, answer: row.answer as unknown as StoredAnswer }));
}

/** Of the whole call, or of one of its stocks. */
function hasCode(code: string) {
  return sql<boolean>`(signals.code = ${code}
    or exists (select from jsonb_array_elements((signals.answer->'refused') || (signals.answer->'results')) r
      where r->>'code' = ${code}))`;
}

function namesSymbol(symbol: string) {
  return sql<boolean>`(exists (select from jsonb_array_elements((signals.answer->'refused') || (signals.answer->'results')) r
      where upper(r->>'symbol') = ${symbol})
    or exists (select from orders o where o.signal_id = signals.id and o.symbol = ${symbol}))`;
}

/** The user whose strategy a signal reached, deleted ones too. */
export async function findSignalOwner(db: Db, id: SignalId): Promise<string | undefined> {
  const row = await db
    .selectFrom('signals')
    .innerJoin('strategies', 'strategies.id', 'signals.strategy_id')
    .select('strategies.user_id')
    .where('signals.id', '=', id)
    .executeTakeFirst();
  return row?.user_id;
}

/** Whether a strategy ever had a signal with that key of its sender's. */
export async function isKeyUsed(
  db: Db,
  { strategyId, key }: { strategyId: StrategyId; key: string },
): Promise<boolean> {
  const used = await db
    .selectFrom('signal_keys as k')
    .innerJoin('strategy_instruments as i', 'i.id', 'k.strategy_instrument_id')
    .select('k.key')
    .where('i.strategy_id', '=', strategyId)
    .where('k.key', '=', key)
    .limit(1)
    .executeTakeFirst();
  return used !== undefined;
}
