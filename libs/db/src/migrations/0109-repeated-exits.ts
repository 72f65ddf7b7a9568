import { type Kysely, sql } from 'kysely';

const statements = [
  // An exit is called now: smart exits of its closing to the same target that were wished for before this moment
  // are met by it, and by the closing, which goes on until it is proved. Each would cost a turn of a lane that
  // sends one a second: an alert that is repeated every few seconds held up the exits of every other symbol.
  sql`
create function void_repeats(o orders) returns uuid[] language plpgsql as $$
declare v_voided uuid[];
begin
  if o.lane <> 'smart' or o.role <> 'exit' or o.closing_id is null then return '{}'; end if;
  with repeats as (
    select x.id from orders x
    where x.closing_id = o.closing_id and x.id <> o.id and x.seq > o.seq and x.status = 'queued'
      and x.lane = 'smart' and x.role = 'exit' and x.target_position = o.target_position
      and not exists (select from orders n where n.strategy_instrument_id = o.strategy_instrument_id
        and n.seq > o.seq and n.seq < x.seq and n.role = 'entry' and n.attempt > 0)
    for no key update of x skip locked),
  voided as (
    update orders x set status = 'superseded', code = 'superseded',
        reason = 'An older exit of the same closing was sent after it was wished for: ' || o.id
      from repeats where x.id = repeats.id
      returning x.id)
  select coalesce(array_agg(id), '{}') into v_voided from voided;
  return v_voided;
end $$`,
  sql`drop function claim_order(uuid, uuid, claim_settings, integer)`,
  // As before, but it says which repeated exits it made void.
  sql`
create function claim_order(p_id uuid, p_claim uuid, p_settings claim_settings, p_shown integer default null,
  out verdict text, out detail text, out taken integer, out wake_in_ms integer, out quantity integer, out voided uuid[]
) language plpgsql as $$
declare o orders; v_until timestamptz; v_wait interval := ms((p_settings).exit_wait_ms); v_closing uuid;
begin
  select * into o from orders where id = p_id;
  if not found or o.status <> 'queued' then verdict := 'not_queued'; return; end if;
  perform pass_kill_switch();
  perform pg_advisory_xact_lock(claim_lock(o));
  select * into o from orders where id = p_id for no key update skip locked;
  if not found then verdict := 'waits'; wake_in_ms := look_again_ms(); return; end if;
  if o.status <> 'queued' then verdict := 'not_queued'; return; end if;
  if o.not_before > clock_timestamp() then
    verdict := 'not_yet'; wake_in_ms := ms_until(o.not_before); return;
  end if;
  select r.verdict, r.detail into verdict, detail from refuse_claim(o) r;
  if verdict is not null then return; end if;
  if mode_differs(o) then verdict := 'braked'; detail := 'mode_changed'; return; end if;
  select w.blocker, w.wake_in_ms into detail, wake_in_ms from wait_for_others(o, v_wait) w;
  if detail is not null then verdict := 'waits'; return; end if;
  v_closing := older_closing(o);
  if v_closing is not null then
    verdict := 'waits';
    if park_behind_closing(o, v_closing) is not true then wake_in_ms := look_again_ms(); end if;
    return;
  end if;
  if o.lane = 'smart' then
    v_until := smart_gap_end(o, ms((p_settings).smart_gap_ms));
    if v_until > clock_timestamp() then
      update orders set not_before = v_until where id = o.id;
      verdict := 'not_yet'; wake_in_ms := ms_until(v_until); return;
    end if;
  end if;
  if o.own_target is not null then
    o := fit_quantity(o, p_shown);
    if o.status <> 'queued' then verdict := 'cancelled'; return; end if;
  end if;
  if o.role = 'entry' then
    insert into submissions (order_id, account_id, fingerprint)
      values (o.id, o.account_id, order_fingerprint(o)) on conflict (account_id, fingerprint) do nothing;
    -- A twin came back from "absent" this moment, or the quantity became that of one.
    if not found then verdict := 'waits'; wake_in_ms := look_again_ms(); return; end if;
  end if;
  taken := take_order(o, p_claim, p_settings);
  quantity := o.quantity;
  verdict := case when taken is null then 'not_queued' else 'taken' end;
  if taken is null then delete from submissions where order_id = o.id; else voided := void_repeats(o); end if;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
