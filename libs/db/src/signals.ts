import type { SignalId } from '@orderlane/domain/ids';
import type { Selectable } from 'kysely';
import type { Db } from './open-db.ts';
import type { OrdersTable } from './schema/orders.ts';
import type { SignalsTable } from './schema/signals.ts';
import type { PlanResult, StoreSignalResult } from './store-signal.ts';

/** What was answered to a stored signal: enough to say it again. */
export interface StoredAnswer {
  refused: { symbol: string | null; code: string; error: string }[];
  results: PlanResult[];
  ahead: Extract<StoreSignalResult, { kind: 'stored' }>['ahead'];
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
