import { openDb } from '@orderlane/db/open-db';
import { expect, test } from 'vitest';
import { startConsole } from '../support/console.ts';
import { readEvents } from '../support/event-stream.ts';
import { seedStrategy, storeOrder } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';
import { startPrivatePostgres } from '../support/private-postgres.ts';

test('a stream ends in order when the console stops, and goes on at another console', async () => {
  await using parts = await freshParts();
  const opened = openDb({ databaseUrl: parts.databaseUrl, poolSize: 2 });
  await using stack = new AsyncDisposableStack();
  stack.defer(async () => await opened.close());
  const seed = await seedStrategy(opened.db);
  const first = stack.use(await startConsole(parts));
  const reader = stack.use(await readEvents(`${first.url}/events`, first.admin.credentials()));
  expect(await reader.next()).toMatchObject({ event: 'ready' });
  const seen = await storeOrder(seed);
  expect(await reader.next()).toMatchObject({ data: { order_id: seen } });

  const stopping = first.stop();
  expect(await reader.next()).toBeUndefined();
  expect(await stopping).toMatchObject({ code: 0 });
  const missed = await storeOrder(seed);
  const second = stack.use(await startConsole(parts));
  const again = stack.use(
    await readEvents(`${second.url}/events`, {
      ...second.admin.credentials(),
      'last-event-id': reader.lastId(),
    }),
  );
  expect(await again.next()).toMatchObject({ event: 'ready' });
  expect(await again.next()).toMatchObject({ data: { order_id: missed } });
});

test('a stream outlives Postgres and misses nothing', async () => {
  await using parts = await freshParts();
  await using postgres = await startPrivatePostgres();
  const { databaseUrl } = postgres;
  await using board = await startConsole({ ...parts, databaseUrl });
  await using reader = await readEvents(`${board.url}/events`, board.admin.credentials());
  expect(await reader.next()).toMatchObject({ event: 'ready' });
  const store = async () => {
    const { db, close } = openDb({ databaseUrl, poolSize: 1 });
    const orderId = await storeOrder(await seedStrategy(db));
    await close();
    return orderId;
  };
  const before = await store();
  expect(await reader.next()).toMatchObject({ data: { order_id: before } });
  await postgres.kill();
  expect((await fetch(`${board.url}/events`, { headers: board.admin.credentials() })).status).toBe(
    503,
  );
  await postgres.start();
  const after = await store();
  expect(await reader.next()).toMatchObject({ data: { order_id: after } });
});
