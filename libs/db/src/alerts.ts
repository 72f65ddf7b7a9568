import type { AccountId, OrderId, SignalId, StrategyId } from '@orderlane/domain/ids';
import type { RefusalCode } from '@orderlane/domain/refusal';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

export interface AlertToRaise {
  code: RefusalCode;
  /** What it is about; one alert goes out for each code and subject in ten minutes. */
  subject: string;
  text: string;
  /** How often the same code and subject may be told; ten minutes unless said otherwise. */
  atMost?: '10 minutes' | '1 day';
  accountId?: AccountId;
  strategyId?: StrategyId;
  orderId?: OrderId;
  signalId?: SignalId;
}

/**
 * Writes an alert to the outbox, in the caller's transaction. A repetition of the same code and
 * subject within the same ten minutes counts up instead of being sent again.
 */
export async function raiseAlert(db: Db, alert: AlertToRaise): Promise<void> {
  await db
    .insertInto('alerts')
    .values({
      code: alert.code,
      subject: alert.subject,
      text: alert.text,
      bucket: sql<Date>`date_bin(${alert.atMost ?? '10 minutes'}::interval, now(), timestamptz 'epoch')`,
      account_id: alert.accountId ?? null,
      strategy_id: alert.strategyId ?? null,
      order_id: alert.orderId ?? null,
      signal_id: alert.signalId ?? null,
    })
    .onConflict((conflict) =>
      conflict.columns(['code', 'subject', 'bucket']).doUpdateSet({
        count: sql<number>`alerts.count + 1`,
        last_at: sql<Date>`clock_timestamp()`,
      }),
    )
    .execute();
}
