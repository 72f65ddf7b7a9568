import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { poll } from '@orderlane/local/poll';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Asked,
  ask,
  type Caddy,
  describeWithCaddy,
  startCaddy,
  startIngressBehind,
} from '../support/caddy.ts';
import { startConsoleProcess } from '../support/console.ts';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

const signal = { symbol: 'SBIN', action: 'BUY' };

describeWithCaddy('Caddy', () => {
  const used = new AsyncDisposableStack();
  let parts: FreshParts;
  let caddy: Caddy;
  let webhookId: string;

  beforeAll(async () => {
    parts = used.use(await freshParts());
    webhookId = await addStrategy(parts);
    const console = used.use(
      await startConsoleProcess(parts, {
        TRUSTED_PROXIES: '127.0.0.1',
        CONSOLE_URL: 'http://localhost',
      }),
    );
    caddy = used.use(await startCaddy(console.url.replace('http://', '')));
    used.use(await startIngressBehind(caddy, { parts, last: 16 }));
    used.use(await startIngressBehind(caddy, { parts, last: 31 }));
    await poll(async () => ((await post()).status === 200 ? true : undefined), {
      what: 'a webhook is taken',
      withinMs: 20_000,
    });
  });
  afterAll(async () => await used.disposeAsync());

  const call = async (asked: Asked) => await ask(caddy.port, asked);
  const post = async (asked: Partial<Asked> = {}) =>
    await call({
      path: `/strategy/webhook/${webhookId}`,
      method: 'POST',
      body: JSON.stringify(signal),
      ...asked,
    });

  it('passes webhooks on to the ingress, on both paths', async () => {
    expect(await post()).toMatchObject({ status: 200 });
    const chartink = await post({
      path: `/chartink/webhook/${webhookId}`,
      body: JSON.stringify({ stocks: 'SBIN', scan_name: 'BUY' }),
    });
    expect(JSON.parse(chartink.body)).toHaveProperty('signal_id');
    expect((await call({ path: '/strategy/webhook/none' })).status).toBe(405);
  });

  it('shows Prometheus its own figures, at a port of their own, and nothing else there', async () => {
    const { status, body } = await ask(caddy.metricsPort, { path: '/metrics' });
    expect([status, body]).toEqual([200, expect.stringContaining('go_goroutines')]);
    expect((await ask(caddy.metricsPort, { path: '/sign-in' })).status).toBe(404);
  });

  it('passes everything else on to the console, which knows its name', async () => {
    const { status, headers, body } = await call({
      path: '/strategy',
      headers: { accept: 'application/json' },
    });
    expect([status, JSON.parse(body).code]).toEqual([401, 'not_signed_in']);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(headers).not.toHaveProperty('server');
  });

  it.each(
    ['metrics', 'healthz', 'readyz'].flatMap((name) => [
      `/${name}`,
      `//${name}`,
      `/${name}/`,
      `/${name.toUpperCase()}`,
      `/%${name.charCodeAt(0).toString(16)}${name.slice(1)}`,
      `/./${name}`,
      `/strategy/webhook/../../${name}`,
      `/strategy/webhook/%2e%2e/%2e%2e/${name}`,
      `/strategy/webhook/..%2f..%2f${name}`,
      `/chartink/webhook/x/../../../${name}`,
      `/strategy/webhook//../../${name}`,
    ]),
  )('keeps %s inside', async (path) => {
    const { status, body } = await call({ path });
    expect(body).not.toMatch(/orderlane_|process_cpu|"checks"|"service"/);
    expect([404, 405]).toContain(status);
  });

  it('says who calls, whatever the caller writes', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-host': 'elsewhere' };
    expect(await post({ from: '127.0.0.8', headers })).toMatchObject({ status: 403 });
    const { status } = await post({ from: '127.0.0.7', headers });
    expect(status).toBe(200);
    const refused = await parts.db
      .selectFrom('signals')
      .select(['source_address', 'code'])
      .where('code', '=', 'source_not_allowed')
      .execute();
    expect(refused).toEqual([{ source_address: '127.0.0.8', code: 'source_not_allowed' }]);
  });

  it('takes no call by another name for one of ours', async () => {
    expect(await post({ host: '127.0.0.1' })).toMatchObject({ status: 421 });
  });

  it('writes no address of a webhook into its log', () => {
    expect(caddy.tail()).not.toContain(webhookId);
  });
});

/** A strategy that listens to two addresses of this machine. */
async function addStrategy(parts: FreshParts): Promise<string> {
  const account_id = await makeAccount(parts.db);
  const allowed_sources = ['127.0.0.1', '127.0.0.7'];
  const strategyId = await makeStrategy(parts.db, { account_id, allowed_sources });
  const mapping = { strategyId, signalSymbol: 'SBIN', symbol: 'SBIN', quantity: 10 };
  await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  return (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
}
