import { startSimulator } from '@orderlane/simulator/start-simulator';
import { expect, test } from 'vitest';
import { openTestClient, regularCall, smartExitCall } from '../support/openalgo-calls.ts';

async function startOpenAlgo(mode: 'live' | 'analyze') {
  const simulator = await startSimulator({
    apikeys: ['test-key'],
    mode,
    // A Monday in session: the analyzer takes no MIS order outside of it.
    clock: '2026-10-05T10:00:00+05:30',
  });
  return { ...simulator, [Symbol.asyncDispose]: async () => await simulator.stop() };
}

const instrument = { symbol: 'SBIN', exchange: 'NSE', product: 'MIS' };

test.each(['live', 'analyze'] as const)(
  'in and out in %s mode, as the books tell it',
  async (mode) => {
    await using openalgo = await startOpenAlgo(mode);
    await using client = openTestClient({ baseUrl: openalgo.url });
    expect(await client.analyzer()).toMatchObject({ value: { serverMode: mode } });

    const { outcome } = await client.placeOrder(regularCall());
    expect(outcome).toMatchObject({ kind: 'accepted', mode });
    const brokerOrderId = outcome.kind === 'accepted' ? outcome.brokerOrderId : '';
    expect(await client.readOrderBook()).toMatchObject({
      mode,
      value: {
        isClean: true,
        rows: [{ ...instrument, brokerOrderId, action: 'BUY', quantity: 10 }],
      },
    });
    expect(await client.readTradeBook()).toMatchObject({
      value: { isClean: true, rows: [{ brokerOrderId, quantity: 10 }] },
    });
    const position = async () => await client.openPosition({ strategy: 'demo', ...instrument });
    expect(await position()).toMatchObject({ value: { quantity: 10 } });

    expect((await client.placeOrder(smartExitCall())).outcome).toMatchObject({
      kind: 'accepted',
      mode,
    });
    expect((await client.placeOrder(smartExitCall())).outcome).toMatchObject({
      kind: 'no_action',
      mode,
    });
    expect(await position()).toMatchObject({ value: { quantity: 0 } });
    expect(await client.readPositionBook()).toMatchObject({
      value: { isClean: true, rows: [{ ...instrument, quantity: 0 }] },
    });
  },
);

test('everything else that is asked is understood', async () => {
  await using openalgo = await startOpenAlgo('live');
  await using client = openTestClient({ baseUrl: openalgo.url });

  const replies = [
    await client.ping(),
    await client.readHoldings(),
    await client.search({ query: 'SBIN', exchange: 'NSE' }),
    await client.symbol({ symbol: 'SBIN', exchange: 'NSE' }),
    await client.holidays({ year: 2026 }),
  ];
  expect(replies.map((reply) => reply.kind)).toEqual(replies.map(() => 'success'));
  expect(await client.cancelOrder({ strategy: 'demo', brokerOrderId: '1' })).toMatchObject({
    kind: 'failure',
    cause: 'refused',
  });
});

test('a key that it does not know', async () => {
  await using openalgo = await startOpenAlgo('live');
  await using client = openTestClient({ baseUrl: openalgo.url, apiKey: 'another' });

  expect((await client.placeOrder(regularCall())).outcome).toMatchObject({
    kind: 'not_sent',
    cause: 'session_dead',
  });
  expect(await client.ping()).toMatchObject({ kind: 'failure', cause: 'session_dead' });
});
