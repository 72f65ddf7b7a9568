import { type Kysely, sql } from 'kysely';

const statements = [
  // Ends a position that can be held no longer, with its alert.
  sql`
create function end_position(p_si bigint, p_mode text, p_cause text, p_code text, p_text text) returns void language plpgsql as $$
begin
  perform move_position(p_si, p_mode, p_cause, 0, null, 0, false);
  insert into alerts (code, subject, bucket, account_id, strategy_id, text)
    select p_code, format('%s %s:%s:%s', s.name, si.exchange, si.symbol, si.product),
      date_bin('10 minutes', now(), timestamptz 'epoch'), si.account_id, si.strategy_id, p_text
    from strategy_instruments si join strategies s on s.id = si.strategy_id where si.id = p_si
    on conflict (code, subject, bucket) do update set count = alerts.count + 1, last_at = clock_timestamp();
end $$`,
  // Intraday positions end with their day, whoever closed them: what still stands as one is not ours
  // to close any more.
  sql`
create function end_intraday_positions() returns integer language plpgsql as $$
declare r record; v_count integer := 0;
begin
  for r in
    select p.strategy_instrument_id as si, p.mode, p.own, i.symbol, s.name
    from positions p join strategy_instruments i on i.id = p.strategy_instrument_id join strategies s on s.id = i.strategy_id
    where p.own <> 0 and i.product = 'MIS' and p.updated_at < book_day_start()
    order by p.strategy_instrument_id for no key update of p skip locked
  loop
    v_count := v_count + 1;
    perform end_position(r.si, r.mode, 'day_end', 'position_day_end',
      format('%s still owned %s %s (MIS) from an earlier day: the broker has closed it, or turned it into a delivery', r.name, r.own, r.symbol));
  end loop;
  return v_count;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
