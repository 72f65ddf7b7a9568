import type { Brake } from '@orderlane/domain/brakes';
import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import type { Exchange, Product } from '@orderlane/domain/instrument';
import type { AccountOutlook, SquareOffOutlook } from '@orderlane/domain/square-off-obstacles';
import { sql } from 'kysely';
import { accountBrakes } from './account-brakes.ts';
import type { AccountRow } from './accounts.ts';
import type { Db } from './open-db.ts';

/** What the database knows of an account before a square-off. */
export type StoredOutlook = Pick<
  AccountOutlook,
  'id' | 'name' | 'mode' | 'brakes' | 'isSemiAuto' | 'booksFailure'
>;

/** Books that were not read for so long (ms) are told: a read that fails is followed by the next. */
const booksPatienceMs = 180_000;

/** What may stop the exits of a strategy on an account, and what hides what became of them. */
export async function readAccountOutlook(
  db: Db,
  { account, strategyId }: { account: AccountRow; strategyId: StrategyId },
): Promise<StoredOutlook> {
  const { id, name } = account;
  const { rows } = await sql<{
    switches: Brake[];
    isRestored: boolean;
    isSemiAuto: boolean;
    booksFailure: string | null;
  }>`
    select array(select kill_switches_over(${id}, ${strategyId})) as switches, is_restored() as "isRestored",
      coalesce((select e.outcome = 'awaiting_approval' from orders o join executions e on e.order_id = o.id
        where o.account_id = ${id} and o.stored_at > now() - interval '1 day'
          and e.outcome in ('accepted', 'awaiting_approval')
        order by e.answered_at desc limit 1), false) as "isSemiAuto",
      (select failure from book_reads b where account_id = ${id}
          and coalesce(clean_ended_at, '-infinity') < clock_timestamp() - ms(${booksPatienceMs})
          and exists (select from orders where account_id = b.account_id and stored_at >= book_day_start()
            and broker_order_id is not null)) as "booksFailure"`.execute(db);
  const [{ switches, isSemiAuto, booksFailure, ...row } = unknownOutlook] = rows;
  const restored = row.isRestored ? (['restored'] as const) : [];
  const brakes = [...restored, ...switches, ...accountBrakes(account)];
  return { id, name, mode: account.mode ?? 'live', brakes, isSemiAuto, booksFailure };
}

const unknownOutlook = { switches: [], isRestored: false, isSemiAuto: false, booksFailure: null };

/** Orders of a strategy that are not known to have reached the broker, or wait for a person there. */
export async function listUnsettledThere(
  db: Db,
  strategyId: StrategyId,
): Promise<SquareOffOutlook['unsettled'][number][]> {
  const { rows } = await sql<{
    accountId: AccountId;
    exchange: Exchange;
    symbol: string;
    product: Product;
    status: 'indeterminate' | 'awaiting_approval';
    orders: number;
  }>`
    select o.account_id as "accountId", o.exchange, o.symbol, o.product, o.status, count(*)::integer as orders
    from strategy_instruments si join orders o on o.strategy_instrument_id = si.id
    where si.strategy_id = ${strategyId} and o.status in ('indeterminate', 'awaiting_approval')
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`.execute(db);
  return rows.map(({ exchange, symbol, product, ...row }) => ({
    ...row,
    instrument: { exchange, symbol, product },
  }));
}
