import { openDb } from '@orderlane/db/open-db';
import { type SignalToStore, storeSignal } from '@orderlane/db/store-signal';
import { createSignalStore, type SignalStore } from '@orderlane/signals/store-together';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  makePlan,
  makePlanToStore,
  makeSignal,
  type Seed,
  seedStrategy,
} from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let one: Seed;
let other: Seed;
let store: SignalStore;

beforeAll(async () => {
  parts = await freshParts();
});
afterAll(async () => {
  await parts.dispose();
});
beforeEach(async () => {
  one = await seedStrategy(parts.db);
  other = await seedStrategy(parts.db);
  store = createSignalStore({ db: parts.db, commitsAtOnce: 1 });
});

function signalOf(seed: Seed, symbol: string, values: Partial<SignalToStore> = {}): SignalToStore {
  const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
  return makeSignal(seed, { plans: [makePlanToStore(makePlan({ instrument }))], ...values });
}

const storeOne = async (signal: SignalToStore) => {
  const keys = signal.plans.map(({ plan }) => plan.instrument.symbol);
  return await store.store({ strategyId: signal.strategyId, keys, prepare: () => signal });
};

const verdictOf = (done: Awaited<ReturnType<typeof storeOne>>) =>
  done?.stored.kind === 'stored' ? done.stored.verdict : done?.stored.kind;

/** Symbols of a strategy's orders, and of how many transactions they are. */
async function storedOf({ strategyId }: Seed) {
  const { rows } = await sql<{ symbol: string; xmin: string }>`
    select symbol, xmin::text from orders where strategy_id = ${strategyId} order by symbol, seq`.execute(
    parts.db,
  );
  const commits = new Set(rows.map(({ xmin }) => xmin)).size;
  return { symbols: rows.map(({ symbol }) => symbol), commits };
}

/** Keeps a row locked, as a change that takes its time does, until it is let go. */
async function holdStrategy({ strategyId }: Seed): Promise<() => Promise<void>> {
  const opened = openDb({ databaseUrl: parts.databaseUrl, poolSize: 1 });
  const transaction = await opened.db.startTransaction().execute();
  await sql`select from strategies where id = ${strategyId} for update`.execute(transaction);
  return async () => {
    await transaction.rollback().execute();
    await opened.close();
  };
}

/** Connections that wait for somebody else. */
async function waitingForLocks(): Promise<number[]> {
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(parts.db);
  return rows.map(({ pid }) => pid);
}

describe('signals that come at the same time', () => {
  it('of one strategy are stored with one commit', async () => {
    const done = await Promise.all(
      ['A', 'B', 'C'].map(async (each) => await storeOne(signalOf(one, each))),
    );
    expect(done.map(verdictOf)).toEqual(['queued', 'queued', 'queued']);
    expect(await storedOf(one)).toEqual({ symbols: ['A', 'B', 'C'], commits: 1 });
  });

  it('of several strategies, too', async () => {
    await Promise.all([storeOne(signalOf(one, 'A')), storeOne(signalOf(other, 'A'))]);
    const { rows } = await sql`select distinct xmin::text from orders
      where strategy_id in (${one.strategyId}, ${other.strategyId})`.execute(parts.db);
    expect(rows).toHaveLength(1);
  });

  it('of one instrument are stored one after the other, in the order in which they came', async () => {
    const signals = [1, 2, 3].map(() => signalOf(one, 'A'));
    await Promise.all(signals.map(storeOne));
    expect(await storedOf(one)).toEqual({ symbols: ['A', 'A', 'A'], commits: 3 });
    const query = parts.db.selectFrom('orders').select('signal_id').orderBy('seq');
    const rows = await query.where('strategy_id', '=', one.strategyId).execute();
    expect(rows.map(({ signal_id }) => signal_id)).toEqual(signals.map(({ id }) => id));
  });

  it('a refused one, a duplicate and a queued one are each answered as alone', async () => {
    const plan = makePlanToStore(makePlan());
    await storeOne(makeSignal(one, { plans: [plan] }));
    const again = makePlanToStore(makePlan(), { contentHash: plan.contentHash });
    const refused = { verdict: 'refused', code: 'bad_number', httpStatus: 400 } as const;
    const done = await Promise.all([
      storeOne(makeSignal(one, { plans: [again] })),
      storeOne(makeSignal(one, refused)),
      storeOne(signalOf(one, 'B')),
      storeOne(signalOf(one, 'C', { strategyVersion: 99 })),
    ]);
    expect(done.map(verdictOf)).toEqual(['duplicate', 'refused', 'queued', 'moved_on']);
  });
});

describe('a failure hurts only its own signal', () => {
  it('one that Postgres refuses', async () => {
    const wrong = signalOf(one, 'B', { verdict: 'nonsense' as 'queued', plans: [] });
    const done = await Promise.allSettled([
      storeOne(signalOf(one, 'A')),
      storeOne(wrong),
      storeOne(signalOf(one, 'C')),
      storeOne(signalOf(other, 'D')),
    ]);
    expect(done.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect((await storedOf(one)).symbols).toEqual(['A', 'C']);
    expect((await storedOf(other)).symbols).toEqual(['D']);
  });

  it('one that cannot be made ready', async () => {
    const prepare = () => {
      throw new Error('not ready');
    };
    const failing = store.store({ strategyId: one.strategyId, keys: [], prepare });
    const [failed, kept] = await Promise.allSettled([failing, storeOne(signalOf(one, 'A'))]);
    expect([failed.status, kept.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('one whose time is over when it leaves', async () => {
    const late = store.store({ strategyId: one.strategyId, keys: [], prepare: () => undefined });
    const past = storeOne(signalOf(one, 'B', { storeBeforeMs: 1 }));
    const kept = storeOne(signalOf(one, 'A'));
    expect(await late).toBeUndefined();
    expect([await past, await kept].map(verdictOf)).toEqual(['too_late', 'queued']);
    expect((await storedOf(one)).symbols).toEqual(['A']);
  });
});

describe('a strategy that somebody else holds', () => {
  it('keeps its own signals waiting and those of no other', async () => {
    const letGo = await holdStrategy(one);
    const waiting = Promise.all([storeOne(signalOf(one, 'A')), storeOne(signalOf(one, 'B'))]);
    await storeOne(signalOf(other, 'C'));
    await storeOne(signalOf(other, 'D'));
    expect((await storedOf(one)).symbols).toEqual([]);
    await letGo();
    await waiting;
    await storeOne(signalOf(one, 'E'));
    expect(await storedOf(one)).toEqual({ symbols: ['A', 'B', 'E'], commits: 2 });
  });

  it('that stores the last entry of its day: who comes meanwhile is counted after it', async () => {
    const transaction = await parts.db.startTransaction().execute();
    await storeSignal(transaction, signalOf(one, 'A', { maxOrdersPerDay: 1 }));
    const second = storeOne(signalOf(one, 'B', { maxOrdersPerDay: 1 }));
    await expect.poll(async () => (await waitingForLocks()).length).toBe(1);
    await transaction.commit().execute();
    expect(verdictOf(await second)).toBe('refused');
    expect((await storedOf(one)).symbols).toEqual(['A']);
  });

  it('and a connection that is lost meanwhile: nobody stores it a second time', async () => {
    const letGo = await holdStrategy(one);
    const waiting = Promise.allSettled([
      storeOne(signalOf(one, 'A')),
      storeOne(signalOf(one, 'B')),
    ]);
    await expect.poll(async () => (await waitingForLocks()).length).toBe(1);
    for (const pid of await waitingForLocks()) {
      await sql`select pg_terminate_backend(${pid})`.execute(parts.db);
    }
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await letGo();
    // The pool may not know yet that the connection is gone.
    const next = async () => verdictOf(await storeOne(signalOf(one, 'C')).catch(() => undefined));
    await expect.poll(next).toBe('queued');
    expect((await storedOf(one)).symbols).toEqual(['C']);
  });
});
