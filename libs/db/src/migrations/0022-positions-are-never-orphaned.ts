import { type Kysely, sql } from 'kysely';

const statements = [
  sql`
create function refuse_to_orphan(p_what text) returns void language plpgsql as $$
begin
  raise exception '%: something is held, or coming, there', p_what using errcode = 'restrict_violation';
end $$`,
  sql`
create function keep_strategy_of_position() returns trigger language plpgsql as $$
begin
  if exists (select from strategy_instruments si where si.strategy_id = new.id and may_hold(si.id)) then
    perform refuse_to_orphan('strategy ' || new.id || ' cannot be deleted');
  end if;
  return new;
end $$`,
  sql`
create trigger strategies_keep_positions before update of deleted_at on strategies
  for each row when (old.deleted_at is null and new.deleted_at is not null)
  execute function keep_strategy_of_position()`,
  sql`
create function keep_account_of_position() returns trigger language plpgsql as $$
begin
  if exists (select from strategies s where s.account_id = new.id and s.deleted_at is null)
    or exists (select from strategy_instruments si where si.account_id = new.id and may_hold(si.id)) then
    perform refuse_to_orphan('account ' || new.id || ' cannot be deleted');
  end if;
  return new;
end $$`,
  sql`
create trigger accounts_keep_positions before update of deleted_at on openalgo_accounts
  for each row when (old.deleted_at is null and new.deleted_at is not null)
  execute function keep_account_of_position()`,
  // What was traded, by whom and where never changes under what was built there.
  sql`
create function refuse_move() returns trigger language plpgsql as $$
begin
  perform refuse_to_orphan(tg_table_name || ' ' || old.id || ' cannot be moved');
  return null;
end $$`,
  sql`
create trigger strategy_instruments_stay before update of strategy_id, account_id, exchange, symbol, product on strategy_instruments
  for each row when ((old.strategy_id, old.account_id, old.exchange, old.symbol, old.product)
    is distinct from (new.strategy_id, new.account_id, new.exchange, new.symbol, new.product))
  execute function refuse_move()`,
  sql`
create trigger orders_stay before update of strategy_id, account_id, strategy_instrument_id, exchange, symbol, product on orders
  for each row when ((old.strategy_id, old.account_id, old.strategy_instrument_id, old.exchange, old.symbol, old.product)
    is distinct from (new.strategy_id, new.account_id, new.strategy_instrument_id, new.exchange, new.symbol, new.product))
  execute function refuse_move()`,
  sql`
create function keep_position() returns trigger language plpgsql as $$
begin
  perform refuse_to_orphan('position ' || old.strategy_instrument_id || ' cannot be deleted');
  return null;
end $$`,
  sql`
create trigger positions_stay before delete on positions for each row when (old.own <> 0) execute function keep_position()`,
  sql`
create function covers_instrument(m strategy_symbol_mappings, si strategy_instruments) returns boolean immutable language sql as $$
  select m.exchange = si.exchange and m.product = si.product and (m.signal_symbol = '*' or m.symbol = si.symbol)
$$`,
  // Whether exits still reach what is held there, by a mapping of today or a former one.
  sql`
create function is_reached(si strategy_instruments) returns boolean stable language sql as $$
  select exists (select from former_mappings where strategy_instrument_id = si.id)
    or exists (select from strategies s join strategy_symbol_mappings m on m.strategy_id = s.id
      where s.id = si.strategy_id and s.account_id = si.account_id and covers_instrument(m, si))
$$`,
  sql`
create function keep_mapping_of_position() returns trigger language plpgsql as $$
declare si strategy_instruments;
begin
  for si in select i.* from strategy_instruments i join strategies s on s.id = i.strategy_id
    where i.strategy_id = old.strategy_id and s.deleted_at is null and covers_instrument(old, i)
  loop
    if may_hold(si.id) and not is_reached(si) then
      perform refuse_to_orphan('mapping ' || old.signal_symbol || ' cannot be changed');
    end if;
  end loop;
  return null;
end $$`,
  // Looked at when the transaction is over: what is changed and what is kept may come in any order.
  sql`
create constraint trigger mappings_keep_positions after update or delete on strategy_symbol_mappings
  deferrable initially deferred for each row execute function keep_mapping_of_position()`,
  sql`
create function keep_account_of_strategy() returns trigger language plpgsql as $$
declare si strategy_instruments;
begin
  for si in select i.* from strategy_instruments i join strategies s on s.id = i.strategy_id
    where i.strategy_id = old.id and i.account_id = old.account_id and s.deleted_at is null
      and s.account_id is distinct from old.account_id
      and exists (select from strategy_symbol_mappings m where m.strategy_id = old.id and covers_instrument(m, i))
  loop
    if may_hold(si.id) and not is_reached(si) then
      perform refuse_to_orphan('the account of strategy ' || old.id || ' cannot be changed');
    end if;
  end loop;
  return null;
end $$`,
  sql`
create constraint trigger strategies_keep_account after update of account_id on strategies
  deferrable initially deferred for each row when (old.account_id is distinct from new.account_id)
  execute function keep_account_of_strategy()`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
