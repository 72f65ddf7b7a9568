import { type Kysely, sql } from 'kysely';

const statements = [
  sql`create index orders_smart_answered on orders (account_id, answered_at) where lane = 'smart'`,
  // Until when a smart order keeps reads of the account's books away: OpenAlgo reads the positions when the call
  // arrives, which on a busy machine is long after the claim, so what counts is the answer. A call that hangs
  // keeps them away no longer than any does.
  sql`
create function smart_rest_ends(p_account integer, p book_read_settings) returns timestamptz stable language sql as $$
  select max(at) + ms((p).smart_rest_ms) from (
    select clock_timestamp() from orders
      where account_id = p_account and lane = 'smart' and status = 'submitting'
        and claimed_at > clock_timestamp() - ms((p).postponed_ms)
    union all
    select max(answered_at) from orders
      where account_id = p_account and lane = 'smart' and answered_at > clock_timestamp() - ms((p).smart_rest_ms)
  ) rests (at)
$$`,
  sql`drop index orders_smart_claimed`,
  // As before, but it rests from the answer.
  sql`
create or replace function book_read_due(p_account integer, p_in_session boolean, p book_read_settings) returns timestamptz stable language plpgsql as $$
declare r book_reads; q record; v_due timestamptz; v_smart timestamptz;
begin
  select * into r from book_reads where account_id = p_account;
  select * into q from book_questions(p_account, r.started_at);
  -- A null is no candidate for least() and greatest(), so what there is no reason for is left out by case.
  v_due := least(
    case when q.unsettled_at is not null then greatest(r.read_at + ms((p).unsettled_ms), q.unsettled_at) end,
    case when q.open_at is not null then greatest(r.read_at + ms((p).open_ms), q.open_at + ms((p).soon_ms)) end,
    q.fresh_at + ms((p).soon_ms),
    case when p_in_session then coalesce(r.read_at + ms((p).idle_ms), now()) end);
  -- Not while OpenAlgo may read the positions for a smart order, but a backlog of those is no reason for never.
  v_smart := smart_rest_ends(p_account, p);
  return case when v_smart > v_due then least(v_smart, v_due + ms((p).postponed_ms)) else v_due end;
end $$`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
