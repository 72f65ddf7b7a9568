import { storeSignal } from '@orderlane/db/store-signal';
import { brandIds } from '@orderlane/domain/ids';
import { expect, test } from 'vitest';
import { accountOf, dataOf, strategyBy } from '../support/console-fixtures.ts';
import { makeSignal, storeOrder } from '../support/factories.ts';
import { type Caller, openConsole, type TestConsole } from '../support/here-console.ts';

interface Row {
  id: string;
}

async function openDesk() {
  const console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const accountId = await accountOf(console, asha.user.tenant_id);
  const { id } = await strategyBy(asha, { account_id: accountId });
  const seed = { db: console.db, accountId, strategyId: brandIds.strategy(id) };
  return Object.assign(console, { asha, seed });
}

/** Every row of a list, page by page, with the number of pages. */
async function readAll(caller: Caller, path: string, limit: number) {
  const rows: Row[] = [];
  let cursor: string | null = '';
  let pages = 0;
  while (cursor !== null) {
    const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page = await caller.get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${from}`);
    rows.push(...dataOf<Row[]>(page));
    cursor = page.body['next'] as string | null;
    pages++;
  }
  return { ids: rows.map(({ id }) => id), pages };
}

async function storeOrders(desk: { seed: Parameters<typeof storeOrder>[0] }, count: number) {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) ids.push(await storeOrder(desk.seed));
  return ids.toReversed();
}

test('orders come page by page, each once, also when all are of one instant and new ones arrive', async () => {
  await using desk = await openDesk();
  const ids = await storeOrders(desk, 7);
  expect(await readAll(desk.asha, '/orders', 3)).toEqual({ ids, pages: 3 });
  expect(await readAll(desk.asha, '/orders', 7)).toEqual({ ids, pages: 1 });

  const first = await desk.asha.get('/orders?limit=3');
  const [newer] = await storeOrders(desk, 1);
  const second = await desk.asha.get(`/orders?limit=10&cursor=${first.body['next']}`);
  expect(dataOf<Row[]>(second).map(({ id }) => id)).toEqual(ids.slice(3));
  await desk.db.updateTable('orders').set({ stored_at: new Date() }).execute();
  const { ids: same } = await readAll(desk.asha, '/orders', 2);
  expect(same.toSorted()).toEqual([...ids, newer].toSorted());
});

test('a cursor is only ever one of ours', async () => {
  await using desk = await openDesk();
  for (const cursor of [
    'x',
    'MS4y',
    Buffer.from("1.'; drop table orders; --").toString('base64url'),
  ]) {
    for (const list of ['/orders', '/signals', '/alerts', '/square-offs', '/closings']) {
      expect([list, cursor, await desk.asha.get(`${list}?cursor=${cursor}`)]).toMatchObject([
        list,
        cursor,
        { status: 400, body: { code: 'invalid_request', details: [{ field: 'cursor' }] } },
      ]);
    }
  }
  expect(await desk.asha.get('/orders?limit=0')).toMatchObject({ status: 400 });
  expect(await desk.asha.get('/orders?limit=1000')).toMatchObject({ status: 400 });
});

test('orders by strategy, account, symbol, status, role, code and time', async () => {
  await using desk = await openDesk();
  const { asha, seed } = desk;
  const other = await strategyBy(asha, {
    account_id: seed.accountId,
    name: 'Other',
    position_scope: 'strategy',
  });
  const [first = ''] = await storeOrders(desk, 1);
  const second = await storeOrder(
    { ...seed, strategyId: brandIds.strategy(other.id) },
    {
      instrument: { exchange: 'NSE', symbol: 'INFY', product: 'MIS' },
    },
  );
  const third = await storeOrder(seed, { role: 'exit' });
  const expired = { status: 'expired', code: 'expired' } as const;
  await desk.db.updateTable('orders').set(expired).where('id', '=', second).execute();
  const listed = async (query: string) => (await readAll(asha, `/orders?${query}`, 50)).ids;
  expect(await listed(`strategy=${other.id}`)).toEqual([second]);
  expect(await listed(`account=${seed.accountId}`)).toEqual([third, second, first]);
  expect(await listed('account=999')).toEqual([]);
  expect(await listed('symbol=infy')).toEqual([second]);
  expect(await listed('status=expired')).toEqual([second]);
  expect(await listed('role=exit')).toEqual([third]);
  expect(await listed('code=expired')).toEqual([second]);
  const past = encodeURIComponent('2020-01-01T00:00:00+05:30');
  expect(await listed(`from=${past}`)).toHaveLength(3);
  expect(await listed(`to=${past}`)).toEqual([]);
  expect(await asha.get('/orders?status=lost')).toMatchObject({ status: 400 });
  expect(await asha.get('/orders?from=yesterday')).toMatchObject({ status: 400 });
});

test('an order tells its story, and what became of it is said once', async () => {
  await using desk = await openDesk();
  const { asha } = desk;
  const [id = ''] = await storeOrders(desk, 1);
  for (const status of ['submitting', 'indeterminate'] as const) {
    await desk.db.updateTable('orders').set({ status, attempt: 1 }).execute();
  }
  expect(dataOf(await asha.get(`/orders/${id}`))).toMatchObject({
    id,
    status: 'indeterminate',
    events: [{ to_status: 'queued' }, { to_status: 'submitting' }, { to_status: 'indeterminate' }],
    executions: [],
  });
  const settle = `/orders/${id}/settle`;
  expect(await asha.post(settle, {})).toMatchObject({
    status: 400,
    body: { code: 'bad_decision' },
  });
  const both = { placed: '1', not_placed: true };
  expect(await asha.post(settle, both)).toMatchObject({ body: { code: 'bad_decision' } });
  expect(dataOf(await asha.post(settle, { placed: '26112200000001' }))).toMatchObject({
    status: 'accepted',
    broker_order_id: '26112200000001',
  });
  expect(await asha.post(settle, { not_placed: true })).toMatchObject({
    status: 409,
    body: { code: 'not_indeterminate' },
  });
});

async function refuseSignal(
  desk: TestConsole & { seed: Parameters<typeof makeSignal>[0] },
  code: 'no_mapping' | 'market_closed',
) {
  const { version: strategyVersion } = await desk.db
    .selectFrom('strategies')
    .select('version')
    .executeTakeFirstOrThrow();
  const refused = [{ symbol: 'TCS', code, error: 'why' }];
  const verdict = { verdict: 'refused', code, httpStatus: 400, refused } as const;
  const body = Buffer.from(`{"symbol":"TCS","note":"<script>alert(1)</script>"}`);
  const signal = makeSignal(desk.seed, { ...verdict, strategyVersion, body });
  await storeSignal(desk.db, signal);
  return signal.id;
}

test('signals, refused ones too, by strategy, symbol, verdict and code, and one with its story', async () => {
  await using desk = await openDesk();
  const { asha } = desk;
  await storeOrders(desk, 1);
  const refused = await refuseSignal(desk, 'no_mapping');
  const closed = await refuseSignal(desk, 'market_closed');
  const listed = async (query: string) => (await readAll(asha, `/signals?${query}`, 1)).ids;
  expect(await listed('')).toHaveLength(3);
  expect(await listed('status=refused')).toEqual([closed, refused]);
  expect(await listed('code=market_closed')).toEqual([closed]);
  expect(await listed('symbol=tcs')).toEqual([closed, refused]);
  expect(await listed('symbol=SBIN')).toHaveLength(1);
  expect(await listed('strategy=999')).toEqual([]);

  const story = await asha.get(`/signals/${refused}`);
  expect(story.headers.get('content-type')).toMatch(/^application\/json/);
  expect(dataOf(story)).toMatchObject({
    verdict: 'refused',
    code: 'no_mapping',
    body: expect.stringContaining('<script>'),
    refused: [{ symbol: 'TCS', code: 'no_mapping' }],
    orders: [],
  });
  expect(await asha.get(`/signals/${crypto.randomUUID()}`)).toMatchObject({
    status: 404,
    body: { code: 'unknown_signal' },
  });
});
