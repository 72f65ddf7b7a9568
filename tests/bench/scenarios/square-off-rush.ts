import { setTimeout as sleep } from 'node:timers/promises';
import { poll } from '@orderlane/local/poll';
import { sql } from 'kysely';
import { waitForCalls } from '../../support/place-calls.ts';
import type { Stack } from '../../support/stack.ts';
import { type BenchSystem, startBenchSystem } from '../bench-system.ts';
import { boundBy, measureUse } from '../measure/use.ts';
import { atMost, type Scenario } from '../scenario.ts';

const strategies = 1000;
const symbols = 5;
const accounts = 200;

/**
 * Before the minute at which all are due: by then what processes do at their start, and the looks ahead at what will
 * be due, are done.
 */
const before = { TRADING_CLOCK: '2026-02-10T15:08:45+05:30' };

/** A thousand strategies of five positions each are due in one minute. */
export const squareOffRush: Scenario = {
  name: 'square-off rush',
  async run() {
    await using system = await startBenchSystem();
    await addTraders(system.stack);
    await system.start('executor', before);
    await system.start('scheduler', before);
    const { use, value } = await measureUse(system, async () => await rush(system));
    const { storedMs, firstStepMs, firstCallMs } = value;
    return [
      {
        name: `${strategies * symbols} closings stored, after the first`,
        value: storedMs,
        unit: 'ms',
        boundBy: boundBy(use),
        asked: atMost(storedMs, 5000, 'within 5 s'),
      },
      {
        name: 'first step of each done',
        value: firstStepMs,
        unit: 'ms',
        asked: atMost(firstStepMs, 5000, 'within 5 s'),
      },
      { name: 'first exit at OpenAlgo', value: firstCallMs, unit: 'ms' },
    ];
  },
};

/** Accounts of one OpenAlgo each hold what their strategies own. */
async function addTraders({ db, accountId }: Stack): Promise<void> {
  await sql`insert into openalgo_accounts (user_id, name, base_url, api_key_box, api_key_fingerprint, mode, mode_seen_at, live_confirmed_at)
    select 'owner', 'account ' || i, base_url || '/', api_key_box, 'fingerprint ' || i, mode, now(), now()
    from openalgo_accounts, generate_series(2, ${accounts}::integer) i where id = ${accountId}`.execute(
    db,
  );
  await sql`insert into strategies (user_id, account_id, name, webhook_id, platform, trading_mode, is_intraday,
      start_time, end_time, squareoff_time, squareoff_armed_at, position_scope)
    select 'owner', (select id from openalgo_accounts order by id offset i % ${accounts}::integer limit 1), 'rush ' || i,
      gen_random_uuid(), 'tradingview', 'LONG', true, '09:20', '15:00', '15:10', now() - interval '1 hour', 'strategy'
    from generate_series(1, ${strategies}::integer) i`.execute(db);
  await sql`insert into strategy_symbol_mappings (strategy_id, signal_symbol, symbol, exchange, product, quantity)
    select s.id, 'S' || i, 'S' || i, 'NSE', 'MIS', 1 from strategies s, generate_series(1, ${symbols}::integer) i
    where s.name like 'rush %'`.execute(db);
  await sql`insert into strategy_instruments (strategy_id, account_id, exchange, symbol, product)
    select s.id, s.account_id, 'NSE', 'S' || i, 'MIS' from strategies s, generate_series(1, ${symbols}::integer) i
    where s.name like 'rush %'`.execute(db);
  await sql`select move_position(si.id, 'live', 'person', 1, null, 0, false) from strategy_instruments si
    join strategies s on s.id = si.strategy_id where s.name like 'rush %'`.execute(db);
}

/** How long it took, from the first closing's storing on. */
async function rush({ stack }: BenchSystem) {
  const all = strategies * symbols;
  const progress = async () => {
    // Counting takes a part of what is measured.
    await sleep(250);
    const { rows } = await sql<{
      stored: number;
      first: number;
      last: number;
      stepped: number;
      stepAt: number | null;
    }>`
      select count(*)::integer as stored,
        extract(epoch from min(c.opened_at))::float8 * 1000 as first,
        extract(epoch from max(c.opened_at))::float8 * 1000 as last,
        count(*) filter (where exists (select from orders o where o.closing_id = c.id))::integer as stepped,
        extract(epoch from (select max(o.stored_at) from orders o where o.closing_id is not null
          and o.attempt <= 1))::float8 * 1000 as "stepAt"
      from closings c`.execute(stack.db);
    const [row] = rows;
    return row !== undefined && row.stored === all && row.stepped === all ? row : undefined;
  };
  const done = await poll(progress, { what: 'the first step of every closing', withinMs: 300_000 });
  const calls = await waitForCalls(stack.simulator, 1);
  return {
    storedMs: done.last - done.first,
    firstStepMs: (done.stepAt ?? Number.NaN) - done.first,
    firstCallMs: (calls[0]?.arrivedAt ?? Number.NaN) - done.first,
  };
}
