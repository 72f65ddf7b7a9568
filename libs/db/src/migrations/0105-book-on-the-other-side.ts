import { type Kysely, sql } from 'kysely';

const statements = [
  // As before, but where others trade on the account, a book on the other side of what is held says nothing of
  // it: their shares net against ours, and a short of theirs has not sold what the strategy bought.
  sql`
create or replace function quantity_now(o orders, p_shown integer) returns integer stable language plpgsql as $$
declare v_mode text := account_mode(o.account_id); h record; v_sign integer := sign_of(o.action); v_quantity integer;
  v_is_theirs boolean;
begin
  select * into h from held_position(o.strategy_instrument_id, v_mode, o.seq);
  if o.role = 'entry' then return least((o.own_target - h.own - h.coming) * v_sign, o.quantity_limit); end if;
  v_quantity := -h.own * v_sign - abs(o.own_target) - taken_in_flight(o);
  v_is_theirs := p_shown * v_sign > 0 and (select trades_elsewhere from openalgo_accounts where id = o.account_id);
  if p_shown is not null and not v_is_theirs then
    v_quantity := least(v_quantity, -p_shown * v_sign);
  end if;
  return least(v_quantity, o.quantity_limit);
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
