import { startSimulator } from '@orderlane/simulator/start-simulator';
import { expect, test } from 'vitest';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { openConsole } from '../support/here-console.ts';

const apiKey = 'planted-key-0123456789';

async function startOpenAlgo(mode: 'live' | 'analyze') {
  const simulator = await startSimulator({ apikeys: [apiKey, 'another-key'], mode });
  return { ...simulator, [Symbol.asyncDispose]: async () => await simulator.stop() };
}

test('an account is added, tried, changed, paused and taken away; its key is shown nowhere', async () => {
  await using openalgo = await startOpenAlgo('analyze');
  await using console = await openConsole({ HOST_SERVER: openalgo.url });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  expect((await asha.get('/accounts/new')).body).toMatchObject({
    data: { base_url: openalgo.url, egress: expect.stringContaining('register with the broker') },
  });
  const seen: string[] = [];
  const post = async (path: string, json?: unknown) => {
    const answer = await asha.post(path, json);
    seen.push(answer.text);
    return answer;
  };
  const added = await post('/accounts/new', {
    name: 'paper',
    api_key: apiKey,
    order_rate: '5 per second',
  });
  expect(added).toMatchObject({
    status: 200,
    body: {
      data: { name: 'paper', owner: 'user-asha', mode: 'analyze', trading: 'on', broker: 'angel' },
    },
  });
  const { id } = added.body['data'] as { id: number };
  expect((await post(`/accounts/${id}/test`)).body).toMatchObject({
    data: { mode: 'analyze', broker: 'angel', latency_ms: expect.any(Number) },
  });
  expect((await post(`/accounts/${id}/pause`, { reason: 'holiday' })).body).toMatchObject({
    data: { pause_reason: 'holiday', paused_at: expect.any(String) },
  });
  expect((await post(`/accounts/${id}/resume`)).body).toMatchObject({ data: { paused_at: null } });
  expect((await post(`/accounts/${id}/edit`, { order_rate: '20 per second' })).body).toMatchObject({
    data: { warnings: [{ field: 'order_rate' }] },
  });
  const back = { order_rate: '10 per second; 200 per minute' };
  expect((await post(`/accounts/${id}/edit`, back)).body).toMatchObject({ data: { warnings: [] } });
  await post(`/accounts/${id}/edit`, { order_rate: '5 per second' });
  const edit = { name: 'paper 2', api_key: 'another-key', smart_order_rate: '1 per 2 seconds' };
  expect((await post(`/accounts/${id}/edit`, edit)).body).toMatchObject({
    data: { name: 'paper 2', order_rate: '5 per second', smart_order_rate: '1 per 2 seconds' },
  });
  expect((await post(`/accounts/${id}/test`)).status).toBe(200);
  seen.push((await asha.get('/accounts')).text, (await asha.get(`/accounts/${id}`)).text);
  const kept = await console.db.selectFrom('openalgo_accounts').selectAll().execute();
  const written = await console.db.selectFrom('audit_log').selectAll().execute();
  for (const key of [apiKey, 'another-key']) {
    expect(JSON.stringify([seen, kept, written])).not.toContain(key);
  }
  expect((await post(`/accounts/${id}/delete`)).status).toBe(200);
  expect((await asha.get('/accounts')).body).toMatchObject({ data: [] });
});

test('a live account trades after its sentence only', async () => {
  await using openalgo = await startOpenAlgo('live');
  await using console = await openConsole({ HOST_SERVER: openalgo.url });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const added = await asha.post('/accounts/new', { name: 'main', api_key: apiKey });
  const { id } = added.body['data'] as { id: number };
  expect(added.body).toMatchObject({ data: { mode: 'live', trading: 'off' } });
  const sentence = 'Account main may trade with real money';
  expect((await asha.get(`/accounts/${id}`)).body).toMatchObject({
    data: { live_sentence: sentence },
  });
  const wrong = { status: 400, body: { code: 'confirmation_differs' } };
  expect(await asha.post(`/accounts/${id}/trading-on`, { sentence: 'yes' })).toMatchObject(wrong);
  expect((await asha.get(`/accounts/${id}`)).body).toMatchObject({ data: { trading: 'off' } });
  expect((await asha.post(`/accounts/${id}/trading-on`, { sentence })).body).toMatchObject({
    data: { trading: 'on' },
  });
  expect((await asha.get(`/accounts/${id}`)).body).toMatchObject({ data: { live_sentence: null } });
});

test('nothing is stored of an account that cannot be, and each fault has its code and field', async () => {
  await using openalgo = await startOpenAlgo('live');
  await using page = await startHttpServer((response) => answerJson(response, 200, '<html>'));
  await using elsewhere = await startHttpServer((response) => answerJson(response, 200, {}));
  await using redirecting = await startHttpServer((response) => {
    response.writeHead(302, { location: `${openalgo.url}/api/v1/ping` }).end();
  });
  await using console = await openConsole({ HOST_SERVER: openalgo.url });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const good = { name: 'main', base_url: openalgo.url, api_key: apiKey };
  for (const [change, status, code, field] of [
    [{ name: '7' }, 400, 'invalid_account', 'name'],
    [{ name: '<script>alert(1)</script>' }, 400, 'invalid_account', 'name'],
    [{ base_url: 'localhost' }, 400, 'invalid_account', 'base_url'],
    [{ base_url: 'ftp://127.0.0.1' }, 400, 'invalid_account', 'base_url'],
    [{ base_url: 'http://user:secret@127.0.0.1' }, 400, 'invalid_account', 'base_url'],
    [{ api_key: ' ' }, 400, 'invalid_account', 'api_key'],
    [{ api_key: 'x'.repeat(300) }, 400, 'invalid_account', 'api_key'],
    [{ order_rate: 'often' }, 400, 'invalid_account', 'order_rate'],
    [{ api_key: undefined }, 400, 'invalid_request', 'api_key'],
    [{ colour: 'red' }, 400, 'invalid_request', 'colour'],
    [{ api_key: 'wrong-key' }, 400, 'wrong_key', undefined],
    [{ base_url: page.url }, 400, 'not_openalgo', undefined],
    [{ base_url: elsewhere.url }, 400, 'not_openalgo', undefined],
    [{ base_url: redirecting.url }, 400, 'not_openalgo', undefined],
    [{ base_url: 'http://127.0.0.1:1' }, 502, 'openalgo_unreachable', undefined],
    [
      { base_url: 'http://169.254.169.254/latest/meta-data' },
      502,
      'openalgo_unreachable',
      undefined,
    ],
  ] as const) {
    const answer = await asha.post('/accounts/new', { ...good, ...change });
    expect([change, answer.status, answer.body['code']]).toEqual([change, status, code]);
    const fields = (answer.body['details'] as { field: string }[]).map((one) => one.field);
    if (field !== undefined) expect([change, fields]).toEqual([change, [field]]);
    expect(answer.text).not.toContain(apiKey);
  }
  expect(await console.db.selectFrom('openalgo_accounts').selectAll().execute()).toEqual([]);
});

test('where private addresses are not allowed, no account leads to one', async () => {
  await using openalgo = await startOpenAlgo('analyze');
  await using console = await openConsole({ ALLOW_PRIVATE_OPENALGO: 'false' });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const { port } = new URL(openalgo.url);
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]']) {
    const wish = { name: 'main', base_url: `http://${host}:${port}`, api_key: apiKey };
    expect([host, await asha.post('/accounts/new', wish)]).toMatchObject([
      host,
      { status: 502, body: { code: 'openalgo_unreachable' } },
    ]);
  }
});

test('a tampered or foreign key is told, and nothing else breaks', async () => {
  await using openalgo = await startOpenAlgo('analyze');
  await using console = await openConsole({ HOST_SERVER: openalgo.url });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const added = await asha.post('/accounts/new', { name: 'main', api_key: apiKey });
  const { id } = added.body['data'] as { id: number };
  const { api_key_box: box } = await console.db
    .selectFrom('openalgo_accounts')
    .select('api_key_box')
    .executeTakeFirstOrThrow();
  const tampered = `${box.slice(0, -2)}${box.endsWith('AA') ? 'BB' : 'AA'}`;
  await console.db.updateTable('openalgo_accounts').set({ api_key_box: tampered }).execute();
  const broken = await asha.post(`/accounts/${id}/test`);
  expect(broken).toMatchObject({ status: 409, body: { code: 'key_unreadable' } });
  expect(broken.body['error']).toMatch(/altered after it was stored/);
  expect((await asha.get(`/accounts/${id}`)).status).toBe(200);
  expect((await asha.post(`/accounts/${id}/edit`, { api_key: apiKey })).status).toBe(200);
  expect((await asha.post(`/accounts/${id}/test`)).status).toBe(200);
});

test('an account in use stays; moving what holds something asks', async () => {
  await using openalgo = await startOpenAlgo('analyze');
  await using other = await startOpenAlgo('analyze');
  await using console = await openConsole({ HOST_SERVER: openalgo.url });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const added = await asha.post('/accounts/new', { name: 'main', api_key: apiKey });
  const { id: account_id } = added.body['data'] as { id: number };
  const wish = { name: 'Holder', account_id, platform: 'python', trading_mode: 'LONG' };
  const made = await asha.post('/strategy/new', wish);
  const { id } = made.body['data'] as { id: number };
  expect(await asha.post(`/accounts/${account_id}/delete`)).toMatchObject({
    status: 409,
    body: { code: 'account_in_use', error: expect.stringContaining('Holder') },
  });
  await asha.post(`/strategy/${id}/symbols`, { symbol: 'SBIN', exchange: 'NSE', product: 'MIS' });
  const set = { instrument: 'NSE:SBIN:MIS', own: '10', mode: 'analyze' };
  expect((await asha.post(`/strategy/${id}/position`, set)).status).toBe(200);
  const move = { base_url: other.url };
  expect(await asha.post(`/accounts/${account_id}/edit`, move)).toMatchObject({
    status: 409,
    body: { code: 'holds_position' },
  });
  const same = { ...move, same_broker: true };
  expect((await asha.post(`/accounts/${account_id}/edit`, same)).body).toMatchObject({
    data: { base_url: other.url },
  });
});

test('symbols are searched with their lot sizes', async () => {
  await using openalgo = await startOpenAlgo('live');
  await using console = await openConsole({ HOST_SERVER: openalgo.url });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const added = await asha.post('/accounts/new', { name: 'main', api_key: apiKey });
  const { id } = added.body['data'] as { id: number };
  const found = await asha.get(`/accounts/${id}/search?query=SBIN&exchange=NSE`);
  expect(found.body).toMatchObject({ data: [{ symbol: 'SBIN', exchange: 'NSE', lot_size: 1 }] });
  expect(await asha.get(`/accounts/${id}/search?query=SBIN&exchange=NYSE`)).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', details: [{ field: 'exchange' }] },
  });
  await openalgo.stop();
  expect(await asha.get(`/accounts/${id}/search?query=SBIN`)).toMatchObject({
    status: 502,
    body: { code: 'openalgo_unreachable' },
  });
});
