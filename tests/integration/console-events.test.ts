import { findUser } from '@orderlane/db/users';
import { expect, test } from 'vitest';
import { acceptedOutcome, answerFirst, claimNow } from '../support/claims.ts';
import { readEvents } from '../support/event-stream.ts';
import { storeOrder } from '../support/factories.ts';
import type { Caller } from '../support/here-console.ts';
import { openScene, type Scene } from '../support/operations/scene.ts';

async function watchAs(scene: Scene, who: Caller, lastId?: string) {
  const from = lastId === undefined ? {} : { 'last-event-id': lastId };
  const reader = await readEvents(`${scene.url}/events`, { ...who.credentials(), ...from });
  expect(await reader.next()).toMatchObject({ event: 'ready' });
  return reader;
}

test('an order moves before the eyes of its tenant and of administrators only', async () => {
  await using scene = await openScene();
  await using asha = await watchAs(scene, scene.asha);
  await using admin = await watchAs(scene, scene.admin);
  await using ravi = await watchAs(scene, scene.ravi);
  const seed = { db: scene.db, ...(await scene.newStrategy()) };
  const orderId = await storeOrder(seed);
  await claimNow(scene.db, { orderId });
  await answerFirst(scene.db, { orderId, outcome: acceptedOutcome });
  for (const reader of [asha, admin]) {
    for (const [from, to] of [
      [null, 'queued'],
      ['queued', 'submitting'],
      ['submitting', 'accepted'],
    ]) {
      expect(await reader.next()).toMatchObject({
        event: 'order',
        data: {
          order_id: orderId,
          from_status: from,
          to_status: to,
          order: { id: orderId, symbol: 'SBIN', strategy_id: seed.strategyId },
        },
      });
    }
  }
  // The first that Ravi sees is his own.
  const { tenant_id: tenant } = (await findUser(scene.db, scene.ravi.user.id)) ?? {};
  const his = { db: scene.db, ...(await scene.newStrategy()) };
  await scene.db
    .updateTable('strategies')
    .set({ user_id: tenant ?? '' })
    .where('id', '=', his.strategyId)
    .execute();
  const hisOrder = await storeOrder(his);
  expect(await ravi.next()).toMatchObject({ data: { order_id: hisOrder, to_status: 'queued' } });
});

test('whoever comes back gets what was missed, each move once', async () => {
  await using scene = await openScene();
  const seed = { db: scene.db, ...(await scene.newStrategy()) };
  let lastId = '';
  {
    await using reader = await watchAs(scene, scene.asha);
    await storeOrder(seed);
    lastId = (await reader.next())?.id ?? '';
  }
  const missed = [await storeOrder(seed), await storeOrder(seed)];
  await using again = await watchAs(scene, scene.asha, lastId);
  const later = await storeOrder(seed);
  for (const id of [...missed, later]) {
    expect(await again.next()).toMatchObject({ event: 'order', data: { order_id: id } });
  }
});

test('a move that is committed late is seen, also by who comes back in between', async () => {
  await using scene = await openScene();
  const seed = { db: scene.db, ...(await scene.newStrategy()) };
  const other = { db: scene.db, ...(await scene.newStrategy()) };
  await using reader = await watchAs(scene, scene.asha);
  const slow = await scene.db.startTransaction().execute();
  const late = await storeOrder({ ...seed, db: slow });
  const early = await storeOrder(other);
  expect(await reader.next()).toMatchObject({ data: { order_id: early } });
  await using another = await watchAs(scene, scene.asha, reader.lastId());
  await slow.commit().execute();
  const last = await storeOrder(other);
  for (const who of [reader, another]) {
    expect(await who.next()).toMatchObject({ data: { order_id: late } });
    expect(await who.next()).toMatchObject({ data: { order_id: last } });
  }
});

test.each([
  ['an id that is none', 'yesterday'],
  ['an id from a database that was restored since', '900000000'],
])('%s: read the lists anew, then go on', async (_what, lastId) => {
  await using scene = await openScene();
  const seed = { db: scene.db, ...(await scene.newStrategy()) };
  await storeOrder(seed);
  await using reader = await watchAs(scene, scene.asha, lastId);
  expect(await reader.next()).toMatchObject({ event: 'reset' });
  const next = await storeOrder(seed);
  expect(await reader.next()).toMatchObject({ event: 'order', data: { order_id: next } });
});

test('who missed more than is shown at once reads the lists anew', async () => {
  await using scene = await openScene();
  const seed = { db: scene.db, ...(await scene.newStrategy()) };
  await using first = await watchAs(scene, scene.asha);
  const orderId = await storeOrder(seed);
  const move = { order_id: orderId, to_status: 'queued', attempt: 0 } as const;
  const many = Array.from({ length: 1001 }, () => move);
  await scene.db.insertInto('order_events').values(many).execute();
  await using second = await watchAs(scene, scene.asha, '0');
  expect(await second.next()).toMatchObject({ event: 'reset' });
  expect(['order', 'reset']).toContain((await first.next())?.event);
});

test.each([
  ['session', async (scene: Scene) => await scene.asha.post('/sign-out')],
  ['user', async (scene: Scene) => await disable(scene)],
])('a stream ends with its %s', async (_what, end) => {
  await using scene = await openScene();
  const seed = { db: scene.db, ...(await scene.newStrategy()) };
  await using reader = await watchAs(scene, scene.asha);
  await using program = await watchAs(scene, await scene.keyOf(scene.viewer, ['read']));
  expect((await end(scene)).status).toBe(200);
  const orderId = await storeOrder(seed);
  expect(await reader.next()).toBeUndefined();
  expect(await program.next()).toMatchObject({ data: { order_id: orderId } });
});

async function disable({ admin, asha }: Scene) {
  return await admin.post(`/users/${asha.user.id}/edit`, { disabled: true });
}

test('streams are an open door for nobody, and not without end for anybody', async () => {
  await using scene = await openScene();
  expect((await readEvents(`${scene.url}/events`)).status).toBe(401);
  await using stack = new AsyncDisposableStack();
  for (let index = 0; index < 20; index++) stack.use(await watchAs(scene, scene.asha));
  const one = await scene.asha.get('/events');
  expect(one).toMatchObject({ status: 429, body: { code: 'too_many_calls' } });
  await stack.disposeAsync();
  await expect.poll(async () => (await scene.asha.get('/events')).status).toBe(200);
});
