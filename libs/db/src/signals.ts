import type { SignalId, StrategyId } from '@orderlane/domain/ids';
import type { Refusal } from '@orderlane/domain/refusal';
import type { Selectable } from 'kysely';
import { lateRefusals } from './late-refusals.ts';
import type { Db } from './open-db.ts';
import type { OrdersTable } from './schema/orders.ts';
import type { SignalsTable } from './schema/signals.ts';
import type { PlanResult, StoreSignalResult } from './store-signal.ts';

/** One line of `refused` in an answer; without a symbol the whole call was refused. */
export interface RefusedSymbol {
  symbol: string | null;
  code: string;
  error: string;
}

/** What was answered to a stored signal: enough to say it again. */
export interface StoredAnswer {
  /** Before the store; `refusedOf` adds what the store itself refused. */
  refused: RefusedSymbol[];
  results: PlanResult[];
  ahead: Extract<StoreSignalResult, { kind: 'stored' }>['ahead'];
}

export function toRefusedSymbols(refusals: readonly Refusal[]): RefusedSymbol[] {
  return refusals.map(({ symbol, code, text }) => ({ symbol, code, error: text }));
}

/** All that a stored signal was refused, by the domain and by the store. */
export function refusedOf({ refused, results }: StoredAnswer): RefusedSymbol[] {
  return [...refused, ...toRefusedSymbols(lateRefusals(results))];
}

export interface StoredSignal {
  signal: Selectable<SignalsTable>;
  answer: StoredAnswer;
  orders: Selectable<OrdersTable>[];
}

/** A signal with the orders that came of it. */
export async function findSignal(db: Db, id: SignalId): Promise<StoredSignal | undefined> {
  const signal = await db.selectFrom('signals').selectAll().where('id', '=', id).executeTakeFirst();
  if (signal === undefined) return undefined;
  const orders = await db
    .selectFrom('orders')
    .selectAll()
    .where('signal_id', '=', id)
    .orderBy('id')
    .execute();
  // Written by store_signal in this very shape.
  return { signal, answer: signal.answer as unknown as StoredAnswer, orders };
}

/** A signal in a list: its answer tells why it was refused. */
export interface SignalToShow {
  id: SignalId;
  strategyId: StrategyId;
  strategyName: string;
  receivedAt: Date;
  verdict: SignalsTable['verdict'];
  code: string | null;
  httpStatus: number;
  answer: StoredAnswer;
}

/** The newest signals first, of one strategy or of all. */
export async function listSignals(
  db: Db,
  args: { strategyId?: StrategyId; limit: number },
): Promise<SignalToShow[]> {
  const { strategyId, limit } = args;
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
    ]);
  if (strategyId !== undefined) query = query.where('signals.strategy_id', '=', strategyId);
  const rows = await query.orderBy('signals.received_at', 'desc').limit(limit).execute();
  return rows.map((row) => ({ ...row, answer: row.answer as unknown as StoredAnswer }));
}
