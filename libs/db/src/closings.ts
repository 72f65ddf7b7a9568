import type { ClosingFacts, ClosingOrder } from '@orderlane/domain/closing';
import type { AccountId, OrderId, StrategyId } from '@orderlane/domain/ids';
import type { Instrument } from '@orderlane/domain/instrument';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { DueOrder } from './outcomes.ts';

/** A closing as one scheduler works on it: facts for the decision, and what it is about. */
export interface ClosingToWork extends Omit<ClosingFacts, 'isInAuction' | 'sessionForMs'> {
  id: string;
  strategyId: StrategyId;
  strategyName: string;
  accountId: AccountId;
  instrument: Instrument;
  told: string[];
  /** The first of the looks that show the account's quantity there, which another has to confirm. */
  flatBefore: { agoMs: number; quantity: number } | null;
  tradesElsewhere: boolean;
  /** What other strategies own there, in the account's mode. */
  othersOwn: number;
}

/** Takes closings that are due and nobody's: each is one scheduler's for the lease. */
export async function takeClosings(
  db: Db,
  args: { worker: string; leaseMs: number; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update closings set worker = ${args.worker}, lease_until = clock_timestamp() + ms(${args.leaseMs}),
        next_step_at = clock_timestamp() + ms(${args.leaseMs})
      where id in (select id from closings
        where status = 'open' and next_step_at <= clock_timestamp() and lease_until <= clock_timestamp()
        order by priority, next_step_at limit ${args.limit} for no key update skip locked)
    returning id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Lets go of a closing until its next step; what moved one of its orders meanwhile makes it due at once. */
export async function releaseClosing(
  db: Db,
  args: { id: string; worker: string; nextInMs: number },
): Promise<void> {
  await sql`
    update closings set lease_until = '-infinity',
        next_step_at = case when next_step_at <= clock_timestamp() then next_step_at
          else clock_timestamp() + ms(${args.nextInMs}) end
      where id = ${args.id} and worker = ${args.worker} and status = 'open'`.execute(db);
}

const agoMs = (column: string): RawBuilder<number | null> =>
  sql.raw(`(extract(epoch from clock_timestamp() - ${column}) * 1000)::float8`);

const modeOfClosing = sql.raw('coalesce(c.mode, account_mode(si.account_id))');

interface ClosingRow
  extends Omit<ClosingToWork, 'orders' | 'instrument' | 'flatBefore'>,
    Instrument {
  flatAgoMs: number | null;
  flatQuantity: number | null;
}

/** As it stands; undefined when it has ended. */
export async function findClosing(db: Db, id: string): Promise<ClosingToWork | undefined> {
  const { rows } = await sql<ClosingRow>`
    select id, strategy_id as "strategyId", strategy_name as "strategyName", account_id as "accountId",
      exchange, symbol, product, scope, target, mode, account_mode as "accountMode", own,
      own_moved_for_ms as "ownMovedForMs", open_for_ms as "openForMs", closes_in_ms as "closesInMs", told,
      flat_ago_ms as "flatAgoMs", flat_quantity as "flatQuantity", trades_elsewhere as "tradesElsewhere",
      others_in_flight as "othersInFlight", others_own as "othersOwn"
    from look_at_closing(${id})`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { exchange, symbol, product, flatAgoMs, flatQuantity, ...closing } = row;
  return {
    ...closing,
    instrument: { exchange, symbol, product },
    flatBefore: flatAgoMs === null ? null : { agoMs: flatAgoMs, quantity: flatQuantity ?? 0 },
    orders: await listClosingOrders(db, id),
  };
}

async function listClosingOrders(db: Db, id: string): Promise<ClosingOrder[]> {
  const { rows } = await sql<ClosingOrder>`
    select id, status, broker_order_id as "brokerOrderId", action, code, reason, attempt > 0 as "wasSent",
      quantity - filled_quantity as remaining, filled_quantity as filled, quantity_limit is not null as "isLimited",
      case when status = 'accepted' then ${agoMs('coalesce(answered_at, claimed_at)')} end as "acceptedForMs",
      ${agoMs('cancel_asked_at')} as "cancelAskedForMs", ${agoMs('final_at')} as "endedForMs"
    from orders where closing_id = ${id} order by seq`.execute(db);
  return rows;
}

/** Remembers the first look that showed this; `quantity` is what the account held there. */
export async function recordFlat(db: Db, args: { id: string; quantity: number }): Promise<void> {
  await sql`update closings set
      flat_since = case when flat_quantity is not distinct from ${args.quantity} then coalesce(flat_since, clock_timestamp())
        else clock_timestamp() end,
      flat_quantity = ${args.quantity}
    where id = ${args.id} and status = 'open'`.execute(db);
}

/** A look that showed nothing takes the earlier one's word away, and so does one that was believed. */
export async function forgetFlat(db: Db, id: string): Promise<void> {
  await sql`update closings set flat_since = null where id = ${id} and status = 'open' and flat_since is not null`.execute(
    db,
  );
}

/** Which of these codes were not told yet; from now on they are. */
export async function markTold(
  db: Db,
  args: { id: string; codes: readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ news: string[] }>`
    update closings c set told = c.told || n.news
      from (select id, array(select unnest(${args.codes}::text[]) except select unnest(told)) as news
        from closings where id = ${args.id} and status = 'open' for no key update) n
      where c.id = n.id returning n.news`.execute(db);
  return rows[0]?.news ?? [];
}

/**
 * Locks it for the transaction; false when it has ended, or another request joined it, or what the strategy
 * owns moved since it was looked at: then it is to be judged anew. The count is taken after the lock, so
 * that it sees whoever held it before.
 */
export async function holdClosing(db: Db, closing: ClosingToWork): Promise<boolean> {
  const { id } = closing;
  await sql`select from closings where id = ${id} for no key update`.execute(db);
  // Without a row there is nothing to lock, and a first fill could pass.
  await sql`insert into positions (strategy_instrument_id, mode)
    select si.id, ${modeOfClosing} from closings c join strategy_instruments si on si.id = c.strategy_instrument_id
    where c.id = ${id} on conflict do nothing`.execute(db);
  // In the order in which a smart order, or a proof, sets those of all strategies to 0.
  await sql`select from closings c join strategy_instruments si on si.id = c.strategy_instrument_id
      join strategy_instruments t on t.account_id = si.account_id and t.exchange = si.exchange
        and t.symbol = si.symbol and t.product = si.product and (t.id = si.id or c.scope = 'account')
      join positions p on p.strategy_instrument_id = t.id and p.mode = ${modeOfClosing}
    where c.id = ${id} order by t.id for no key update of p`.execute(db);
  const { rows } =
    await sql`select from closings c join strategy_instruments si on si.id = c.strategy_instrument_id
    where c.id = ${id} and c.status = 'open' and own_of(si.id, ${modeOfClosing}) = ${closing.own}
      and (select count(*) from orders where closing_id = c.id) = ${closing.orders.length}`.execute(
      db,
    );
  return rows.length > 0;
}

/** Ends it, and with its last one the square-off that it belongs to; entries that waited are woken. */
export async function endClosing(
  db: Db,
  args: { id: string; status: 'verified' | 'nothing_open' | 'failed'; detail: string | null },
): Promise<DueOrder[]> {
  const { rows } = await sql<{ woken: DueOrder[] }>`
    select end_closing(${args.id}, ${args.status}, ${args.detail}) as woken`.execute(db);
  return rows[0]?.woken ?? [];
}

/** Sets the strategy's own position to what a closing has shown it to be. */
export async function settleOwn(db: Db, args: { id: string; own: number }): Promise<void> {
  await sql`
    select move_position(si.id, coalesce(c.mode, account_mode(si.account_id)), 'closing', ${args.own}, null, 0, false)
    from closings c join strategy_instruments si on si.id = c.strategy_instrument_id where c.id = ${args.id}`.execute(
    db,
  );
}

/** After the account was shown flat: no strategy holds anything there. */
export async function settleFlat(db: Db, args: { id: string }): Promise<void> {
  await sql`
    select move_position(t.id, p.mode, 'closing', 0, null, 0, false)
    from closings c join strategy_instruments si on si.id = c.strategy_instrument_id
      join strategy_instruments t on t.account_id = si.account_id and t.exchange = si.exchange
        and t.symbol = si.symbol and t.product = si.product
      join positions p on p.strategy_instrument_id = t.id and p.own <> 0
        and p.mode = coalesce(c.mode, account_mode(si.account_id))
    where c.id = ${args.id} order by t.id`.execute(db);
}

/**
 * Remembers that an order's cancellation is asked for now; undefined when it is over, was asked just now,
 * or a brake forbids to call.
 */
export async function markCancelAsked(
  db: Db,
  args: { orderId: OrderId; againAfterMs: number },
): Promise<{ brokerOrderId: string; mode: TradingModeSeen | null } | undefined> {
  const { rows } = await sql<{ brokerOrderId: string; mode: TradingModeSeen | null }>`
    update orders set cancel_asked_at = clock_timestamp()
      where id = ${args.orderId} and status = 'accepted' and broker_order_id is not null
        and account_brake(account_id, strategy_id, 'exit') is null
        and (cancel_asked_at is null or cancel_asked_at <= clock_timestamp() - ms(${args.againAfterMs}))
    returning broker_order_id as "brokerOrderId", mode`.execute(db);
  return rows[0];
}
