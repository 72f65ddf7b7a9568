import type { Db } from '@orderlane/db/open-db';
import { readListing } from '@orderlane/db/seal-listing';
import { sealOrderEvents } from '@orderlane/db/seal-order-events';
import { verifyOrderEvents } from '@orderlane/db/verify-order-events';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshParts } from '../support/fresh-parts.ts';
import { listEventSeqs, writeEvents } from '../support/order-events.ts';

const limit = 1000;

async function listSealed(db: Db): Promise<number[][]> {
  const seals = await db.selectFrom('order_event_seals').selectAll().orderBy('id').execute();
  return seals.map(({ listing }) => readListing(listing).map(({ seq }) => seq));
}

/** A transaction of its own that writes one event and waits for the word to commit or to roll back. */
async function writeSlowly(db: Db) {
  const { promise: word, resolve: end } = Promise.withResolvers<'commit' | 'roll back'>();
  const { promise: isWritten, resolve: written } = Promise.withResolvers<void>();
  const done = db.transaction().execute(async (transaction) => {
    await writeEvents(transaction, 1);
    written();
    if ((await word) === 'roll back') throw new Error('rolled back');
  });
  const settled = done.catch(() => undefined);
  await isWritten;
  const finish = async (how: 'commit' | 'roll back') => {
    end(how);
    await settled;
  };
  return { finish, [Symbol.asyncDispose]: async () => await finish('roll back') };
}

test('each seal covers what is new since the last one, and nothing new is no seal', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  expect(await sealOrderEvents(db, { limit })).toBeUndefined();
  await writeEvents(db, 3);
  expect(await sealOrderEvents(db, { limit })).toMatchObject({ id: 1, rows: 3, isFull: false });
  expect(await sealOrderEvents(db, { limit })).toBeUndefined();
  await writeEvents(db, 2);
  expect(await sealOrderEvents(db, { limit })).toMatchObject({ id: 2, rows: 2 });
  expect(await listSealed(db)).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  await writeEvents(db, 4);
  expect(await verifyOrderEvents(db)).toMatchObject({
    rows: 5,
    seals: 2,
    unsealed: 4,
    flaws: [],
    sealFlaws: [],
  });
});

test('a row that commits after rows with higher numbers were sealed is in the next seal', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  await writeEvents(db, 1);
  await using first = await writeSlowly(db);
  await using second = await writeSlowly(db);
  await using third = await writeSlowly(db);
  await writeEvents(db, 1);
  expect(await sealOrderEvents(db, { limit })).toMatchObject({ rows: 2 });

  await second.finish('commit');
  await third.finish('roll back');
  expect(await verifyOrderEvents(db)).toMatchObject({ rows: 2, unsealed: 1, flaws: [] });
  await writeEvents(db, 1);
  expect(await sealOrderEvents(db, { limit })).toMatchObject({ rows: 2 });
  await first.finish('commit');
  expect(await sealOrderEvents(db, { limit })).toMatchObject({ rows: 1 });

  expect(await listSealed(db)).toEqual([[1, 5], [3, 6], [2]]);
  expect(await verifyOrderEvents(db)).toMatchObject({ rows: 5, unsealed: 0, flaws: [] });
});

test('a gap of a transaction that was rolled back is forgotten in time; one still open is not', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  await using first = await writeSlowly(db);
  await using second = await writeSlowly(db);
  await writeEvents(db, 1);
  await sealOrderEvents(db, { limit });
  await first.finish('roll back');
  await age(db, '11 minutes');
  await writeEvents(db, 1);
  await sealOrderEvents(db, { limit });
  // The first gap's transaction is over, but not every one that had begun when the gap was seen.
  expect(await listGaps(db)).toEqual([[1, 2]]);
  await second.finish('commit');
  await sealOrderEvents(db, { limit });
  expect(await listSealed(db)).toEqual([[3], [4], [2]]);
  // Transactions of other databases on the server count, too: theirs must end first.
  const sealAgain = async () => {
    await writeEvents(db, 1);
    await sealOrderEvents(db, { limit });
    return await listGaps(db);
  };
  await expect.poll(sealAgain, { timeout: 50_000 }).toEqual([]);
});

/** As if the newest seal's gaps had been seen so long ago. */
async function age(db: Db, interval: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`set local session_replication_role = replica`.execute(transaction);
    await sql`update order_event_seals set gaps = (
        select coalesce(jsonb_agg(jsonb_set(g, '{seenAtMs}',
          to_jsonb((g->>'seenAtMs')::float8 - extract(epoch from ${interval}::interval) * 1000))), '[]')::text
        from jsonb_array_elements(gaps::jsonb) g)
      where id = (select max(id) from order_event_seals)`.execute(transaction);
  });
}

async function listGaps(db: Db): Promise<number[][]> {
  const { gaps } = await db
    .selectFrom('order_event_seals')
    .select('gaps')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const parsed = JSON.parse(gaps) as { from: number; to: number }[];
  return parsed.map(({ from, to }) => [from, to]);
}

test('a backlog is sealed in bites, each row once', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  await writeEvents(db, 25);
  const sizes: number[] = [];
  for (let sealed = await sealOrderEvents(db, { limit: 10 }); sealed !== undefined; ) {
    sizes.push(sealed.rows);
    sealed = await sealOrderEvents(db, { limit: 10 });
  }
  expect(sizes).toEqual([10, 10, 5]);
  expect((await listSealed(db)).flat()).toEqual(await listEventSeqs(db));
});

test('several that seal at once, while others write, make one chain with each row once', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  let isOver = false;
  const write = async () => {
    for (let round = 0; round < 40; round += 1) {
      await db
        .transaction()
        .execute(async (transaction) => {
          await writeEvents(transaction, 1 + (round % 3));
          if (round % 4 === 0) throw new Error('rolled back');
        })
        .catch(() => undefined);
    }
  };
  const seal = async () => {
    while (!isOver) await sealOrderEvents(db, { limit: 50 });
  };
  const sealers = [seal(), seal(), seal()];
  await Promise.all([write(), write(), write(), write()]);
  isOver = true;
  await Promise.all(sealers);
  await sealOrderEvents(db, { limit });

  const sealed = (await listSealed(db)).flat();
  expect(sealed.toSorted((left, right) => left - right)).toEqual(await listEventSeqs(db));
  expect(await verifyOrderEvents(db)).toMatchObject({ unsealed: 0, flaws: [], sealFlaws: [] });
});

test('data restored onto another server, whose count of transactions is lower, go on being sealed', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  await using old = await writeSlowly(db);
  await writeEvents(db, 1);
  await sealOrderEvents(db, { limit });
  await old.finish('roll back');
  // On the old server transactions had far higher numbers.
  await db.transaction().execute(async (transaction) => {
    await sql`set local session_replication_role = replica`.execute(transaction);
    await sql`update order_event_seals set gaps = regexp_replace(gaps, '"xmax":"[0-9]+"', '"xmax":"9000000000"')`.execute(
      transaction,
    );
  });
  await age(db, '11 minutes');
  await writeEvents(db, 2);
  expect(await sealOrderEvents(db, { limit })).toMatchObject({ rows: 2 });
  expect(await listGaps(db)).toEqual([]);
});
