import { listDueOrders } from '@orderlane/db/due-orders';
import { isRestored, markRestored, releaseRestore } from '@orderlane/db/restores';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimNow, dueOrderIds, statusOfOrder } from '../support/claims.ts';
import { copyOf } from '../support/copy-of.ts';
import { makeAccount, type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let seed: Seed;

beforeEach(async () => {
  parts = await freshParts();
  seed = await seedStrategy(parts.db);
});
afterEach(async () => {
  await parts.dispose();
});

it('a database is at home where its first account was made', async () => {
  await using empty = await freshParts();
  expect(await isRestored(empty.db)).toBe(false);
  await makeAccount(empty.db);
  await makeAccount(empty.db);
  expect(await isRestored(empty.db)).toBe(false);
  expect(await homes(empty)).toHaveLength(1);
});

it('a copy beside it is not at home: no claim comes through, whoever asks, and nothing is ended', async () => {
  const young = await storeOrder(seed);
  const instrument = { exchange: 'NSE', symbol: 'INFY', product: 'MIS' } as const;
  const old = await storeOrder(seed, { instrument, expiresInMs: 1 });
  await using copy = await copyOf(parts);
  expect(await isRestored(parts.db)).toBe(false);
  expect(await isRestored(copy.db)).toBe(true);
  for (const orderId of [young, old]) {
    expect(await claimNow(copy.db, { orderId })).toEqual({
      verdict: 'braked',
      brake: 'database_restored',
    });
    expect(await statusOfOrder(copy.db, orderId)).toBe('queued');
  }
  expect(await dueOrderIds(copy.db)).toEqual([]);
  expect(await claimNow(parts.db, { orderId: old })).toEqual({ verdict: 'expired' });
});

it('another server, a promoted standby, and tables that were made anew are not home', async () => {
  const [home = ''] = await homes(parts);
  const places = home.split(' ');
  expect(places).toHaveLength(4);
  for (const index of places.keys()) {
    const elsewhere = places.map((part, at) => (at === index ? `${part}0` : part)).join(' ');
    await parts.db.updateTable('database_homes').set({ home: elsewhere }).execute();
    expect(await isRestored(parts.db), elsewhere).toBe(true);
  }
  await parts.db.updateTable('database_homes').set({ home }).execute();
  expect(await isRestored(parts.db)).toBe(false);
  await remake(parts);
  expect(await isRestored(parts.db)).toBe(true);
});

it('rows of a backup beside the row of this place, and no row at all, are no home', async () => {
  await sql`insert into database_homes (home) values ('elsewhere')`.execute(parts.db);
  expect(await isRestored(parts.db)).toBe(true);
  await parts.db.deleteFrom('database_homes').execute();
  expect(await isRestored(parts.db)).toBe(true);
  await makeAccount(parts.db);
  expect(await isRestored(parts.db)).toBe(true);
});

it('a copy of files looks like the original, and is halted by a word', async () => {
  const orderId = await storeOrder(seed);
  await parts.db.transaction().execute(async (trx) => await markRestored(trx, 'asha'));
  expect(await claimNow(parts.db, { orderId })).toMatchObject({ brake: 'database_restored' });
  await parts.db.transaction().execute(async (trx) => await releaseRestore(trx, 'asha'));
  expect(await claimNow(parts.db, { orderId })).toMatchObject({ verdict: 'taken' });
  expect(await homes(parts)).toHaveLength(1);
});

async function homes({ db }: FreshParts): Promise<string[]> {
  const rows = await db.selectFrom('database_homes').select('home').execute();
  return rows.map(({ home }) => home);
}

/** What `pg_restore --clean` does with a table. */
async function remake({ db }: FreshParts): Promise<void> {
  await sql`create table made_anew (like database_homes including all)`.execute(db);
  await sql`insert into made_anew select * from database_homes`.execute(db);
  await sql`drop table database_homes`.execute(db);
  await sql`alter table made_anew rename to database_homes`.execute(db);
}

it('a look at many orders asks once where the database is', async () => {
  await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const instrument = { exchange: 'NSE', symbol: `S${at}`, product: 'MIS' } as const;
      await storeOrder(seed, { instrument });
    }),
  );
  const asked = await parts.db.transaction().execute(async (transaction) => {
    await sql`set local track_functions = 'all'`.execute(transaction);
    expect(await listDueOrders(transaction, { limit: 100 })).toHaveLength(20);
    const { rows } = await sql<{ funcname: string; calls: number }>`
      select funcname, calls::integer from pg_stat_xact_user_functions
      where funcname in ('database_home', 'is_restored')`.execute(transaction);
    return Object.fromEntries(rows.map(({ funcname, calls }) => [funcname, calls]));
  });
  expect(asked).toEqual({ database_home: 1, is_restored: 20 });
});
