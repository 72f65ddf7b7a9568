import type { Edit, Mutation } from './mutation.ts';

const inFunction = (name: string, from: string, to = ''): Edit => ({
  kind: 'function',
  name,
  from,
  to,
});
const inSource = (file: string, from: string, to = ''): Edit => ({
  kind: 'source',
  file,
  from,
  to,
});

const model = 'tests/model/clients-together.test.ts';
const positions = 'tests/model/positions-together.test.ts';

/** What the promise rests on, taken away one at a time. */
export const mutations: readonly Mutation[] = [
  {
    name: 'the status check of the claim',
    edits: [
      inFunction('claim_order', "not found or o.status <> 'queued' then", 'not found then'),
      inFunction(
        'claim_order',
        "if o.status <> 'queued' then verdict := 'not_queued'; return; end if;",
      ),
      inFunction('take_order', "and status = 'queued' and expires_at", 'and expires_at'),
    ],
    tests: ['tests/integration/claim-order.test.ts', model],
  },
  {
    name: 'the submissions row',
    edits: [
      inFunction(
        'claim_order',
        "if o.role = 'entry' then\n    insert into submissions",
        'if false then\n    insert into submissions',
      ),
    ],
    tests: ['tests/integration/order-within-instrument.test.ts', model],
  },
  {
    name: 'the newer-exit check',
    edits: [inFunction('newer_wish', "and o.role = 'entry'", 'and false')],
    tests: ['tests/integration/order-within-instrument.test.ts', model],
  },
  {
    name: 'send_before',
    edits: [
      inSource(
        'services/executor/src/execute-order.ts',
        'const windowEnds = claimedAt + deps.claimSettings.sendWindowMs;',
        'const windowEnds = Number.POSITIVE_INFINITY;',
      ),
    ],
    tests: ['tests/e2e/stopped-with-a-claim.test.ts'],
  },
  {
    name: 'the gate',
    edits: [
      inSource(
        'services/executor/src/slot.ts',
        'const waitMs = await deps.gate.ask(args.question);',
        'const waitMs: number = await Promise.resolve(0);',
      ),
    ],
    tests: ['tests/e2e/stopped-with-a-claim.test.ts'],
  },
  {
    name: 'the version check of the store',
    edits: [
      inFunction(
        'lock_strategies',
        "v_versions->(s->>'strategy_id') is distinct from s->'strategy_version'",
        'false',
      ),
    ],
    tests: [
      'tests/integration/decided-before-square-off.test.ts',
      'tests/integration/strategy-changes.test.ts',
    ],
  },
  {
    name: 'the look at what is held, in the store',
    edits: [inFunction('compare_held', "if v_held <> p->(v_nr - 1)->'held' then", 'if false then')],
    tests: ['tests/integration/decided-by-what-is-held.test.ts'],
  },
  {
    name: 'the order in which the store locks instruments',
    edits: [
      inFunction('lock_places', 'order by 1, 2, 3, 4, 5'),
      inFunction(
        'lock_places',
        'order by si.strategy_id, si.account_id, si.exchange, si.symbol, si.product\n      for no key update of si\n',
        'order by md5(si.symbol || clock_timestamp())\n      for no key update of si\n',
      ),
    ],
    tests: [
      'tests/integration/batches-of-two-replicas.test.ts',
      'tests/e2e/opposite-orders.test.ts',
    ],
  },
  {
    name: 'one strategy in one batch of a process, one instrument once in it',
    edits: [inSource('libs/signals/src/strategy-queues.ts', '(fits && isFree)', '(fits)')],
    tests: [
      'libs/signals/src/strategy-queues.test.ts',
      'tests/integration/signals-stored-together.test.ts',
    ],
  },
  {
    name: 'the signals of a refused batch, stored one by one',
    edits: [
      inSource(
        'libs/signals/src/store-together.ts',
        'leaving.length <= 1 || !hasServerRefused(error)',
        'leaving.length >= 0',
      ),
    ],
    tests: ['tests/integration/signals-stored-together.test.ts'],
  },
  {
    name: 'the lock under which entries of a day are counted',
    edits: [
      inFunction(
        'lock_entries',
        "perform pg_advisory_xact_lock(hashtext('entries of a day'), v_strategy)",
        'perform 1',
      ),
      inFunction(
        'lock_entries',
        "not pg_try_advisory_xact_lock(hashtext('entries of a day'), v_strategy)",
        'false',
      ),
    ],
    tests: ['tests/integration/signals-stored-together.test.ts'],
  },
  {
    name: 'the lock of the claim',
    edits: [inFunction('claim_order', 'perform pg_advisory_xact_lock(claim_lock(o));')],
    tests: ['tests/integration/order-within-instrument.test.ts', model],
  },
  {
    name: 'never queued again, once the lease is lost',
    edits: [
      inSource(
        'libs/db/src/ended-orders.ts',
        "update orders set status = 'indeterminate', code = 'lease_lost'",
        "update orders set status = 'queued', code = 'lease_lost'",
      ),
    ],
    tests: ['tests/e2e/sweep-lapsed-lease.test.ts', 'tests/e2e/executor-crash.test.ts'],
  },
  {
    name: 'a person, where others trade on the account',
    edits: [
      inSource('libs/domain/src/settle.ts', '!input.isAutomatic || candidates', 'candidates'),
    ],
    tests: ['libs/domain/src/settle.test.ts', 'tests/e2e/settlement.test.ts'],
  },
  {
    name: 'the difference that a smart order must be',
    edits: [
      inSource(
        'libs/domain/src/settle.ts',
        "return asked.delta === (action === 'BUY' ? quantity : -quantity);",
        'return true;',
      ),
    ],
    tests: ['tests/e2e/settle-smart-orders.test.ts'],
  },
  {
    name: 'two reads, the last of them late, before an order is absent',
    edits: [inSource('libs/domain/src/settle.ts', 'waitedMs >= input.absentAfterMs && ', '')],
    tests: ['libs/domain/src/settle.test.ts', 'tests/e2e/fault-outcomes.test.ts'],
  },
  {
    name: 'what other exits take, in the claim of an exit',
    edits: [inFunction('taken_in_flight', 'coalesce(sum(x.quantity - x.filled_quantity), 0)', '0')],
    tests: [positions],
  },
  {
    name: 'the exit on its way that a smart exit waits for',
    edits: [inFunction('takes_the_same', "o.lane = 'smart' and", 'false and')],
    tests: ['tests/integration/smart-exits-alone.test.ts', model],
  },
  {
    name: 'the closing that an entry waits for',
    edits: [inFunction('older_closing', "and o.role = 'entry'", 'and false')],
    tests: ['tests/e2e/closing-own-position.test.ts', positions],
  },
  {
    name: 'one fill, one move of the position',
    edits: [
      inFunction(
        'move_by_fill',
        'v_fill integer := new.filled_quantity - old.filled_quantity',
        'v_fill integer := new.filled_quantity',
      ),
    ],
    tests: [positions],
  },
  {
    name: 'the row that the last two closings of a square-off lock',
    edits: [
      inFunction('end_square_off', 'perform 1 from square_offs where id = p_id for no key update;'),
    ],
    tests: ['tests/integration/square-off-closings-end-together.test.ts'],
  },
];
