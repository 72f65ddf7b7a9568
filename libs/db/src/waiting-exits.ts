import type { AccountId, OrderId, StrategyId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** An exit that could be sent, and is not. */
export interface WaitingExit {
  id: OrderId;
  accountId: AccountId;
  strategyId: StrategyId;
  strategyName: string;
  symbol: string;
  action: 'BUY' | 'SELL';
  /** 0: everything (a smart exit). */
  quantity: number;
  storedAt: Date;
  /** Why the last attempt came to nothing, if there was one. */
  reason: string | null;
}

/**
 * Queued exits that no person holds back and that have waited for so long, unless it was told in the
 * last ten minutes. A dead session is no person: those are among them.
 */
export async function listWaitingExits(
  db: Db,
  args: { olderThanMs: number; limit: number },
): Promise<WaitingExit[]> {
  const { rows } = await sql<WaitingExit>`
    select o.id, o.account_id as "accountId", o.strategy_id as "strategyId", o.strategy_name as "strategyName",
      o.symbol, o.action, o.quantity, o.stored_at as "storedAt", o.reason
    from orders o
    where o.status = 'queued' and o.role = 'exit' and o.expires_at > now()
      and o.stored_at < now() - ms(${args.olderThanMs})
      and coalesce(account_brake(o.account_id, o.strategy_id, o.role), 'session_dead') = 'session_dead'
      and not exists (select from alerts a where a.code = 'exit_waits' and a.subject = o.id::text
        and a.bucket > now() - interval '20 minutes' and a.at > now() - interval '10 minutes')
    order by o.stored_at limit ${args.limit}`.execute(db);
  return rows;
}
