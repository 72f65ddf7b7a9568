import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { accountOf, dataOf, strategyBy } from '../support/console-fixtures.ts';
import { openConsole, type TestConsole } from '../support/here-console.ts';
import { openIngress, postWebhook } from '../support/ingress.ts';

const tuesday = '2026-02-10T10:00:00+05:30';

interface Tried {
  http_status: number;
  code: string | null;
  message: string;
  orders: { symbol: string; role: string }[];
}

async function openDesk() {
  const console = await openConsole({ TRADING_CLOCK: tuesday });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const account_id = await accountOf(console, asha.user.tenant_id);
  const day = {
    is_intraday: true,
    start_time: '09:20',
    end_time: '14:00',
    squareoff_time: '15:10',
  };
  const strategy = await strategyBy(asha, { account_id, ...day });
  return Object.assign(console, { asha, strategy });
}

/** How many rows each table has. */
async function countRows({ db }: TestConsole): Promise<Record<string, number>> {
  const { rows } = await sql<{ counts: Record<string, number> }>`
    select jsonb_object_agg(t.table_name, (xpath('/row/c/text()',
      query_to_xml(format('select count(*) as c from %I', t.table_name), false, true, '')))[1]::text::integer) as counts
    from information_schema.tables t where table_schema = 'public'`.execute(db);
  return rows[0]?.counts ?? {};
}

const bodies = [
  { symbol: 'SBIN', action: 'BUY' },
  { symbol: 'SBIN', action: 'SELL' },
  { symbol: 'NSE:SBIN', action: 'buy', quantity: '5' },
  { symbol: 'TCS', action: 'BUY' },
  { symbol: 'SBIN', action: 'HOLD' },
  { symbol: 'SBIN', action: 'BUY', position_size: '0' },
  { stocks: 'SBIN,TCS', scan_name: 'BUY breakouts', trigger_prices: '1,2' },
  {},
];

test('what is tried is what the same webhook is answered, and nothing is stored', async () => {
  await using desk = await openDesk();
  const { asha, strategy } = desk;
  const before = await countRows(desk);
  const tried: Tried[] = [];
  for (const body of bodies) {
    tried.push(dataOf<Tried>(await asha.post(`/strategy/${strategy.id}/try`, { body })));
  }
  const text = dataOf<Tried>(
    await asha.post(`/strategy/${strategy.id}/try`, { body: 'not a signal' }),
  );
  expect(text).toMatchObject({ http_status: 400, code: 'malformed_body', orders: [] });
  expect(await countRows(desk)).toEqual(before);

  const now = () => Temporal.Instant.from(tuesday).toZonedDateTimeISO('Asia/Kolkata');
  await using ingress = await openIngress({ ...desk.parts, now });
  await desk.db.updateTable('strategies').set({ duplicate_window_ms: 0 }).execute();
  for (const [index, body] of bodies.entries()) {
    const real = await postWebhook(ingress.url, { webhookId: strategy.webhook_id, body });
    const { status, body: answer } = real;
    const expected = {
      http_status: status,
      code: answer['code'] ?? null,
      message: answer['message'] ?? answer['error'],
      orders: (answer['orders'] as { symbol: string }[] | undefined) ?? [],
    };
    const shown = tried[index];
    expect([body, { ...shown, orders: shown?.orders.map(({ symbol }) => symbol) }]).toMatchObject([
      body,
      { ...expected, orders: expected.orders.map(({ symbol }) => symbol) },
    ]);
    // Each is tried with nothing held.
    await desk.db.updateTable('orders').set({ status: 'cancelled' }).execute();
  }
});

test('at another time the window of that time counts, and a strategy that is off may be tried', async () => {
  await using desk = await openDesk();
  const { asha, strategy } = desk;
  const tryAt = async (at: string, more = {}) => {
    const asked = { body: { symbol: 'SBIN', action: 'BUY' }, at, ...more };
    return dataOf<Tried>(await asha.post(`/strategy/${strategy.id}/try`, asked));
  };
  expect(await tryAt('2026-02-10T13:59:59+05:30')).toMatchObject({ orders: [{ symbol: 'SBIN' }] });
  expect(await tryAt('2026-02-10T08:31:00Z')).toMatchObject({ code: 'entry_after_end_time' });
  expect(await tryAt('2026-01-26T10:00:00+05:30')).toMatchObject({ code: 'market_closed' });
  await asha.post(`/strategy/${strategy.id}/toggle`, { to: 'off' });
  expect(await tryAt(tuesday)).toMatchObject({ code: 'strategy_inactive' });
  expect(await tryAt(tuesday, { assume_active: true })).toMatchObject({ orders: [{}] });
  expect(await asha.post(`/strategy/${strategy.id}/try`, { body: {}, at: 'noon' })).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', details: [{ field: 'at' }] },
  });
});

test('what is held counts in a try', async () => {
  await using desk = await openDesk();
  const { asha, strategy } = desk;
  const set = { instrument: 'NSE:SBIN:MIS', own: 10, mode: 'analyze' };
  dataOf(await asha.post(`/strategy/${strategy.id}/position`, set));
  const body = { symbol: 'SBIN', action: 'SELL' };
  expect(dataOf(await asha.post(`/strategy/${strategy.id}/try`, { body }))).toMatchObject({
    orders: [{ role: 'exit', action: 'SELL', quantity: 10 }],
    held: [{ symbol: 'SBIN', own: 10, coming: 0 }],
  });
});

test('a stored signal is played again dry, or as a new one with a word and an id of its own', async () => {
  await using desk = await openDesk();
  const { asha, strategy } = desk;
  await using ingress = await openIngress(desk.parts);
  const secret = dataOf<{ secret: string }>(await asha.post(`/strategy/${strategy.id}/secret`, {}));
  const body = { symbol: 'SBIN', action: 'BUY', signal_id: 'first', secret: secret.secret };
  const sent = await postWebhook(ingress.url, { webhookId: strategy.webhook_id, body });
  const id = String(sent.body['signal_id']);
  expect(sent.body).toMatchObject({ status: 'success', orders: [{ symbol: 'SBIN' }] });

  const before = await countRows(desk);
  const replay = `/signals/${id}/replay`;
  expect(dataOf(await asha.post(replay, { at: tuesday }))).toMatchObject({
    tried: { orders: [{ symbol: 'SBIN' }] },
    answer: null,
  });
  expect(await asha.post(replay, { real: true })).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', details: [{ field: 'signal_id' }] },
  });
  expect(await asha.post(replay, { real: true, signal_id: 'first' })).toMatchObject({
    status: 409,
    body: { code: 'signal_id_used' },
  });
  expect(await countRows(desk)).toEqual(before);

  const again = dataOf<{ answer: Record<string, unknown> }>(
    await asha.post(replay, { real: true, signal_id: 'again' }),
  );
  expect(again.answer).toMatchObject({ http_status: 200, status: 'success', orders: [{}] });
  const story = dataOf(await asha.get(`/signals/${String(again.answer['signal_id'])}`));
  expect(story).toMatchObject({
    idempotency_key: 'again',
    source_address: null,
    notes: [expect.stringMatching(`^Replayed by console:asha@example.com from signal ${id}`)],
    orders: [{ status: 'queued' }],
  });
  expect(await asha.post(replay, { real: true, signal_id: 'again' })).toMatchObject({
    status: 409,
  });
});
