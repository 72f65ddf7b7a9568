import { openDb } from '@orderlane/db/open-db';
import { type SignalToStore, storeSignals } from '@orderlane/db/store-signal';
import { createSignalStore } from '@orderlane/signals/store-together';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  makePlan,
  makePlanToStore,
  makeSignal,
  type Seed,
  seedStrategy,
} from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

const rounds = 40;
const symbols = ['A', 'B', 'C'];

let parts: FreshParts;
let seeds: Seed[];

beforeAll(async () => {
  parts = await freshParts();
});
afterAll(async () => {
  await parts.dispose();
});
beforeEach(async () => {
  seeds = [];
  for (let count = 0; count < 4; count++) seeds.push(await seedStrategy(parts.db));
});

/** One for each strategy and symbol. */
function signals(): SignalToStore[] {
  return seeds.flatMap((seed) =>
    symbols.map((symbol) => {
      const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
      const plans = [makePlanToStore(makePlan({ instrument }))];
      return makeSignal(seed, { plans, maxOrdersPerDay: 1_000_000 });
    }),
  );
}

/** The numbers of each instrument's orders: none twice, none left out. */
async function expectNumbers(count: number): Promise<void> {
  for (const { strategyId } of seeds) {
    for (const symbol of symbols) {
      const query = parts.db
        .selectFrom('orders')
        .select('seq')
        .where('strategy_id', '=', strategyId);
      const rows = await query.where('symbol', '=', symbol).orderBy('seq').execute();
      const numbers = Array.from({ length: count }, (_none, index) => index + 1);
      expect(rows.map(({ seq }) => seq)).toEqual(numbers);
    }
  }
}

it('batches of the same strategies and instruments in opposite orders wait for each other, never in a circle', async () => {
  for (let round = 0; round < rounds; round++) {
    const stored = await Promise.all([
      storeSignals(parts.db, signals(), { waits: true }),
      storeSignals(parts.db, signals().toReversed(), { waits: true }),
    ]);
    expect(new Set(stored.flat().map(({ kind }) => kind))).toEqual(new Set(['stored']));
  }
  await expectNumbers(2 * rounds);
});

it('two replicas at full load store each signal once', async () => {
  const opened = openDb({ databaseUrl: parts.databaseUrl, poolSize: 5 });
  const replicas = [parts.db, opened.db].map((db) => createSignalStore({ db, commitsAtOnce: 3 }));
  const stores = Array.from({ length: rounds }, () =>
    replicas.map(async (replica, index) => {
      const order = index === 0 ? signals() : signals().toReversed();
      return await Promise.all(
        order.map(async (signal) => {
          const keys = signal.plans.map(({ plan }) => plan.instrument.symbol);
          const { strategyId } = signal;
          return await replica.store({ strategyId, keys, prepare: () => signal });
        }),
      );
    }),
  );
  const done = (await Promise.all(stores.flat())).flat();
  expect(new Set(done.map((each) => each?.stored.kind))).toEqual(new Set(['stored']));
  await expectNumbers(2 * rounds);
  await opened.close();
});
