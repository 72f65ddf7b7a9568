import { openDb } from '@orderlane/db/open-db';
import { type SignalToStore, storeSignals } from '@orderlane/db/store-signal';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  makePlan,
  makePlanToStore,
  makeSignal,
  type Seed,
  seedStrategy,
} from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let seeds: Seed[];

const signals = 20;

beforeAll(async () => {
  parts = await freshParts();
  seeds = [];
  for (let count = 0; count < 3; count++) seeds.push(await seedStrategy(parts.db));
});
afterAll(async () => {
  await parts.dispose();
});

const keyOf = (value: string) => ({ value, action: 'BUY', position: '' }) as const;

const held = {
  entry: { own: 0, coming: 0, entries: 0 },
  exit: { own: 0, coming: 10, entries: 1 },
} as const;

/** One for each strategy and symbol; every second one has a key of its sender's. */
function signalsOf(role: keyof typeof held, prefix: string): SignalToStore[] {
  const symbols = Array.from({ length: signals }, (_none, index) => `${prefix}${index}`);
  return seeds.flatMap((seed) =>
    symbols.map((symbol, index) => {
      const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
      const key = index % 2 === 0 ? null : keyOf(symbol);
      const plan = makePlan({ instrument, role, sameness: { content: '', key } });
      return makeSignal(seed, {
        plans: [makePlanToStore(plan)],
        held: [{ ...instrument, accountId: seed.accountId, ...held[role] }],
      });
    }),
  );
}

/** Entries of instruments that were never ordered, then exits of all of them. */
async function storeBatches(prefix: string): Promise<void> {
  // A connection of its own: what it read is in the statistics when it is closed.
  const opened = openDb({ databaseUrl: parts.databaseUrl, poolSize: 1 });
  for (const role of ['entry', 'exit'] as const) {
    const stored = await storeSignals(opened.db, signalsOf(role, prefix), { waits: false });
    expect(new Set(stored.map(({ kind }) => kind))).toEqual(new Set(['stored']));
  }
  await opened.close();
}

/** How often each table that grows was read from end to end. */
async function tableScans() {
  await sql`select pg_stat_force_next_flush()`.execute(parts.db);
  const { rows } = await sql<{ relname: string; seq_scan: number }>`
    select relname, seq_scan from pg_stat_user_tables
    where relname in ('orders', 'signals', 'strategies', 'strategy_instruments', 'last_signals', 'signal_keys',
      'positions', 'closings', 'order_events', 'entry_counts') order by relname`.execute(parts.db);
  return rows;
}

it('a batch reads no table from end to end, though Postgres never counted its tables', async () => {
  await storeBatches('A');
  const before = await tableScans();
  await storeBatches('B');
  expect(await tableScans()).toEqual(before);
});
