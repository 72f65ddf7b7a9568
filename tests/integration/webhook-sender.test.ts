import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { hashSharedSecret } from '@orderlane/runtime/shared-secret';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook } from '../support/ingress.ts';

type Values = Partial<Parameters<typeof makeStrategy>[1]>;

async function addStrategy(parts: FreshParts, values: Values): Promise<string> {
  const account_id = await makeAccount(parts.db);
  const strategyId = await makeStrategy(parts.db, { ...values, account_id });
  const mapping = { strategyId, signalSymbol: 'SBIN', symbol: 'SBIN', quantity: 10 };
  await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  return (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
}

const secret = 'hush-hush-0123456789';
const signal = { symbol: 'SBIN', action: 'BUY' };
const wrong = { status: 403, body: { status: 'error', code: 'wrong_secret' } };

test('with a shared secret the address alone does not trade', async () => {
  await using parts = await freshParts();
  await using ingress = await openIngress(parts);
  const values = { shared_secret_hash: hashSharedSecret(secret), duplicate_window_ms: 0 };
  const webhookId = await addStrategy(parts, values);
  const post = async (body: string | Record<string, unknown>, headers = {}) =>
    await postWebhook(ingress.url, { webhookId, body, headers });

  expect(await post(signal)).toMatchObject(wrong);
  for (const said of ['', 'hush', `${secret}x`, 1, null, { secret }]) {
    expect(await post({ ...signal, secret: said })).toMatchObject(wrong);
  }
  expect(await post(signal, { 'x-webhook-secret': 'another one' })).toMatchObject(wrong);
  expect(await post(signal, { 'x-webhook-secret': secret })).toMatchObject({ status: 200 });
  expect(await post({ ...signal, secret })).toMatchObject({ status: 200 });
  const form = new URLSearchParams({ ...signal, secret }).toString();
  expect(await post(form)).toMatchObject({ status: 200, body: { orders: [{}] } });
});

test('the secret is kept nowhere, whatever becomes of the call', async () => {
  await using parts = await freshParts();
  await using ingress = await openIngress(parts);
  const values = { shared_secret_hash: hashSharedSecret(secret) };
  const webhookId = await addStrategy(parts, values);
  const plainId = await addStrategy(parts, {});
  for (const id of [webhookId, plainId]) {
    for (const body of [
      JSON.stringify({ ...signal, secret }),
      JSON.stringify({ ...signal, symbol: 'UNKNOWN', secret }),
      `{"symbol":"SBIN","secret":"${secret}"`,
      `symbol=SBIN&action=BUY&secret=${secret}`,
    ]) {
      const answer = await postWebhook(ingress.url, { webhookId: id, body });
      expect(JSON.stringify(answer.body)).not.toContain(secret);
    }
  }
  const { rows } = await sql<{ kept: string }>`
    select string_agg(t::text, ' ') || string_agg(convert_from(t.body, 'UTF8'), ' ') as kept from signals t`.execute(
    parts.db,
  );
  expect(rows[0]?.kept).toContain('SBIN');
  expect(rows[0]?.kept).not.toContain(secret);
  const alerts = await parts.db.selectFrom('alerts').selectAll().execute();
  expect(JSON.stringify(alerts)).not.toContain(secret);
});

test('a repetition is known also when the secret was changed in between', async () => {
  await using parts = await freshParts();
  await using ingress = await openIngress(parts);
  const webhookId = await addStrategy(parts, { shared_secret_hash: hashSharedSecret(secret) });
  await postWebhook(ingress.url, { webhookId, body: { ...signal, secret } });
  const shared_secret_hash = hashSharedSecret('the next secret of it');
  await parts.db.updateTable('strategies').set({ shared_secret_hash }).execute();
  const body = { ...signal, secret: 'the next secret of it' };
  expect((await postWebhook(ingress.url, { webhookId, body })).body).toMatchObject({
    duplicate: true,
  });
});

test('only allowed sources are listened to; what a stranger writes of its address counts nothing', async () => {
  await using parts = await freshParts();
  await using direct = await openIngress(parts);
  await using behind = await openIngress({ ...parts, trustedProxies: ['127.0.0.1'] });
  const refused = { status: 403, body: { code: 'source_not_allowed' } };
  const webhookId = await addStrategy(parts, {
    allowed_sources: ['tradingview', '203.0.113.0/24'],
  });
  const from = async (url: string, address: string) =>
    await postWebhook(url, { webhookId, body: signal, headers: { 'x-forwarded-for': address } });

  expect(await from(direct.url, '52.89.214.238')).toMatchObject(refused);
  expect(await from(behind.url, '52.89.214.239')).toMatchObject(refused);
  expect(await from(behind.url, '52.89.214.238, 198.51.100.1')).toMatchObject(refused);
  expect(await from(behind.url, '52.89.214.238')).toMatchObject({ status: 200 });
  expect(await from(behind.url, '203.0.113.77')).toMatchObject({ status: 200 });

  const stored = parts.db.selectFrom('signals').select(['source_address', 'code']);
  expect(await stored.where('code', 'is not', null).execute()).toEqual(
    expect.arrayContaining([
      { source_address: '127.0.0.1', code: 'source_not_allowed' },
      { source_address: '52.89.214.239', code: 'source_not_allowed' },
    ]),
  );
});

test('a change of who may call counts with the next call on every replica', async () => {
  await using parts = await freshParts();
  await using one = await openIngress(parts);
  await using other = await openIngress(parts);
  const webhookId = await addStrategy(parts, { duplicate_window_ms: 0 });
  const call = async (url: string) => (await postWebhook(url, { webhookId, body: signal })).status;
  expect([await call(one.url), await call(other.url)]).toEqual([200, 200]);
  const allowed_sources = ['203.0.113.7'];
  await parts.db.updateTable('strategies').set({ allowed_sources }).execute();
  expect([await call(one.url), await call(other.url)]).toEqual([403, 403]);
});
