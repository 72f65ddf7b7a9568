import { startSimulator } from '@orderlane/simulator/start-simulator';
import { expect, test } from 'vitest';
import { accountOf, dataOf } from '../support/console-fixtures.ts';
import { openConsole } from '../support/here-console.ts';

interface ShownMapping {
  id: number;
  signal_symbol: string;
}

async function openDesk() {
  const console = await openConsole();
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const account_id = await accountOf(console, asha.user.tenant_id);
  const wish = { name: 'Mapped', account_id, platform: 'tradingview', trading_mode: 'LONG' };
  const { id } = dataOf<{ id: number }>(await asha.post('/strategy/new', wish));
  const path = `/strategy/${id}/symbols`;
  const list = async () => dataOf<ShownMapping[]>(await asha.get(path));
  return Object.assign(console, { asha, account_id, id, path, list });
}

const sbin = { symbol: 'sbin', exchange: 'nse', product: 'mis', quantity: '10' };

test('one mapping, as OpenAlgo’s form sends it or with all of ours', async () => {
  await using desk = await openDesk();
  const { asha, path } = desk;
  expect(dataOf(await asha.post(path, sbin))).toMatchObject({
    added: [
      {
        signal_symbol: 'SBIN',
        symbol: 'SBIN',
        exchange: 'NSE',
        product: 'MIS',
        quantity: 10,
        multiplier: null,
      },
    ],
    warnings: [],
  });
  const { product: product_type, ...rest } = sbin;
  dataOf(await asha.post(path, { ...rest, symbol: 'INFY', product_type }));
  const future = {
    signal_symbol: 'NIFTY1!',
    symbol: 'NIFTY28OCT27FUT',
    exchange: 'NFO',
    product: 'NRML',
  };
  dataOf(await asha.post(path, { ...future, multiplier: 65 }));
  dataOf(
    await asha.post(path, { signal_symbol: '*', exchange: 'NSE', product: 'MIS', quantity: 1 }),
  );
  expect((await desk.list()).map((one) => one.signal_symbol)).toEqual([
    'SBIN',
    'INFY',
    'NIFTY1!',
    '*',
  ]);
});

test('every wrong field is named, and a symbol is mapped once', async () => {
  await using desk = await openDesk();
  const { asha, path } = desk;
  dataOf(await asha.post(path, sbin));
  for (const [change, field] of [
    [{ symbol: '' }, 'signal_symbol'],
    [{ symbol: '<script>' }, 'symbol'],
    [{ exchange: 'NYSE' }, 'exchange'],
    [{ product: 'NRML' }, 'product'],
    [{ product: 'MARGIN' }, 'product'],
    [{ quantity: 0 }, 'quantity'],
    [{ quantity: 1.5 }, 'quantity'],
    [{ quantity: 'ten' }, 'quantity'],
    [{ multiplier: 0 }, 'multiplier'],
  ] as const) {
    const answer = await asha.post(path, { ...sbin, symbol: 'INFY', ...change });
    expect([change, answer]).toMatchObject([
      change,
      { status: 400, body: { status: 'error', code: 'invalid_mapping' } },
    ]);
    const [first] = answer.body['details'] as { field: string }[];
    expect([change, first?.field]).toEqual([change, field]);
  }
  expect(await asha.post(path, { ...sbin, quantity: 5 })).toMatchObject({
    status: 409,
    body: { code: 'mapping_exists' },
  });
  for (const nonsense of [undefined, {}, [], { symbols: 7 }]) {
    expect(await asha.post(path, nonsense)).toMatchObject({
      status: 400,
      body: { code: 'invalid_request' },
    });
  }
  for (const [body, fields] of [
    [{ symbol: 'INFY' }, ['exchange']],
    [{ symbol: 'INFY', exchange: 5, lots: 1 }, ['exchange', 'lots']],
    [{ symbols: 7 }, ['symbols']],
  ]) {
    const { details } = (await asha.post(path, body)).body as { details: { field: string }[] };
    expect([body, details.map(({ field }) => field)]).toEqual([body, fields]);
  }
  expect(await desk.list()).toHaveLength(1);
});

test('many as CSV, in OpenAlgo’s columns or under titles, in JSON or as the body', async () => {
  await using desk = await openDesk();
  const { asha, path } = desk;
  const openalgo = 'SBIN,NSE,10,MIS\nINFY,NSE,5,CNC\n';
  expect(dataOf(await asha.post(path, { symbols: openalgo }))).toMatchObject({ added: [{}, {}] });
  const titled =
    'Product,Symbol,Exchange,Multiplier,Signal Symbol\nNRML,NIFTY28OCT27FUT,NFO,65,NIFTY1!\n';
  const csv = { 'content-type': 'text/csv; charset=utf-8' };
  expect(dataOf(await asha.post(path, titled, csv))).toMatchObject({ added: [{ multiplier: 65 }] });

  const exported = await asha.get(`${path}/export`);
  expect(exported.headers.get('content-type')).toMatch(/^text\/csv/);
  for (const { id } of await desk.list()) dataOf(await asha.post(`${path}/${id}/delete`));
  dataOf(await asha.post(path, exported.text, csv));
  expect((await asha.get(`${path}/export`)).text).toBe(exported.text);
});

test('of CSV with bad lines nothing is taken, and every bad line is named', async () => {
  await using desk = await openDesk();
  const { asha, path } = desk;
  dataOf(await asha.post(path, sbin));
  const bad = 'INFY,NSE,10,MIS\n\nTCS,NYSE,10,MIS\nWIPRO,NSE,0,NRML\nHCLTECH,NSE,10,MIS,x\n';
  const answer = await asha.post(path, { symbols: bad });
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_mapping' } });
  expect((answer.body['details'] as { field: string }[]).map(({ field }) => field)).toEqual([
    '3.exchange',
    '4.product',
    '4.quantity',
    '5.columns',
  ]);
  const doubled =
    'symbol,exchange,quantity,product\nINFY,NSE,10,MIS\nSBIN,NSE,1,MIS\nINFY,NSE,1,CNC\n';
  expect((await asha.post(path, { symbols: doubled })).body).toMatchObject({
    code: 'invalid_mapping',
    details: [{ field: '3.signal_symbol' }, { field: '4.signal_symbol' }],
  });
  for (const [text, code] of [
    ['', 'bad_csv'],
    ['symbol,exchange,quantity,product\n', 'bad_csv'],
    ['symbol,quantity,product\nSBIN,10,MIS\n', 'bad_csv'],
    ['SBIN,"NSE,10,MIS\n', 'bad_csv'],
  ]) {
    expect((await asha.post(path, { symbols: text })).body).toMatchObject({ code });
  }
  expect(await desk.list()).toHaveLength(1);
});

test('two thousand lines are one question; more than a strategy may have, or ten megabytes, are refused', async () => {
  await using desk = await openDesk();
  const { asha, path } = desk;
  const lines = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, index) => `${prefix}${index},NSE,1,MIS`).join('\n');
  const csv = { 'content-type': 'text/csv' };
  const { added } = dataOf<{ added: unknown[] }>(await asha.post(path, lines(2000, 'A'), csv));
  expect(added).toHaveLength(2000);
  expect(await asha.post(path, lines(501, 'B'), csv)).toMatchObject({
    status: 400,
    body: { code: 'invalid_mapping', details: [{ field: 'mappings' }] },
  });
  const huge = lines(
    100_000,
    'A SYMBOL WITH A RATHER LONG NAME, SO THAT TEN MEGABYTES COME TOGETHER, ',
  ).padEnd(10_000_000, '\n');
  expect(await asha.post(path, huge, csv)).toMatchObject({
    status: 413,
    body: { status: 'error', code: 'body_too_large' },
  });
  expect(await desk.list()).toHaveLength(2000);
});

test('a mapping is changed and deleted; what it holds is kept for exits, or closed', async () => {
  await using desk = await openDesk();
  const { asha, path, id } = desk;
  dataOf(await asha.post(path, { symbols: 'SBIN,NSE,10,MIS\nINFY,NSE,5,MIS\n' }));
  const [first, second] = await desk.list();
  const edit = `${path}/${first?.id}/edit`;
  expect(dataOf(await asha.post(edit, { ...sbin, quantity: 20 }))).toMatchObject({
    mapping: { id: first?.id, quantity: 20 },
  });
  expect(await asha.post(edit, { ...sbin, symbol: 'INFY' })).toMatchObject({
    status: 409,
    body: { code: 'mapping_exists' },
  });
  dataOf(
    await asha.post(`/strategy/${id}/position`, {
      instrument: 'NSE:SBIN:MIS',
      own: 7,
      mode: 'analyze',
    }),
  );
  const seven = [{ exchange: 'NSE', symbol: 'SBIN', product: 'MIS', own: 7, open_orders: 0 }];
  const changed = async (changes: object) =>
    dataOf(await asha.post(edit, { ...sbin, quantity: 30, ...changes }));
  expect(await changed({})).toMatchObject({ held: [], closing: false });
  expect(await changed({ product: 'CNC' })).toMatchObject({ held: seven, closing: false });
  expect(await changed({})).toMatchObject({ held: [] });
  const closing = { product: 'CNC', held: 'close_now' };
  expect(await changed(closing)).toMatchObject({ held: seven, closing: true });
  dataOf(await asha.post(`${path}/${second?.id}/delete`));
  const gone = { status: 404, body: { code: 'unknown_mapping' } };
  expect(await asha.post(`${path}/${second?.id}/delete`)).toMatchObject(gone);
  expect(await asha.post(`${path}/${second?.id}/edit`, sbin)).toMatchObject(gone);
});

test('quantities of derivatives are held against the lot size that OpenAlgo knows', async () => {
  const simulator = await startSimulator({ apikeys: ['a key'], mode: 'analyze' });
  await using desk = await openDesk();
  await desk.db.updateTable('openalgo_accounts').set({ base_url: simulator.url }).execute();
  const { asha, path } = desk;
  const future = { symbol: 'NIFTY28OCT27FUT', exchange: 'NFO', product: 'NRML' };
  const off = await asha.post(path, { ...future, quantity: 50 });
  expect(off).toMatchObject({ status: 400, body: { details: [{ field: '1.quantity' }] } });
  const lot = Number(/lot size (\d+)/.exec(String(off.body['error']))?.[1]);
  expect(lot).toBeGreaterThan(1);
  expect(await asha.post(path, { ...future, multiplier: lot - 1 })).toMatchObject({ status: 400 });
  expect(dataOf(await asha.post(path, { ...future, quantity: 2 * lot }))).toMatchObject({
    warnings: [],
  });
  await simulator.stop();
  const other = { ...future, symbol: 'BANKNIFTY28OCT27FUT', quantity: 7 };
  expect(dataOf(await asha.post(path, other))).toMatchObject({
    added: [{ quantity: 7 }],
    warnings: [{ warning: expect.stringMatching(/does not tell the lot size/) }],
  });
});
