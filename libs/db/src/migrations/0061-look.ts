import { type Kysely, sql } from 'kysely';

// An order as an executor looks at it before it asks for a slot. A function, so that each connection
// plans it once: planning took longer than reading.
const statements = [
  sql`
create function look_at_order(p_id uuid) returns table (
  id uuid, status text, attempt integer, role text, lane text, priority smallint, strategy_name text,
  exchange text, symbol text, product text, action text, quantity integer, target_position integer,
  takes_client_order_id boolean, own_target integer, hopeless boolean
) language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
    select o.id, o.status, o.attempt, o.role, o.lane, o.priority, o.strategy_name,
      o.exchange, o.symbol, o.product, o.action, o.quantity, o.target_position,
      (o.lane = any(a.client_order_id_lanes)) is true, o.own_target,
      (o.status <> 'queued' or o.not_before > clock_timestamp()
        or (b.id is not null and order_blocks(o, b) and (o.waits_until is null or o.waits_until > clock_timestamp()))
        or closing_is_open(o.waits_for_closing) or mode_differs(o)
        or account_brake(o.account_id, o.strategy_id, o.role) is not null) is true
    from orders o
      join openalgo_accounts a on a.id = o.account_id
      left join orders b on b.id = o.waits_for
    where o.id = p_id;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
