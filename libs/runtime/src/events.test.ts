import { expect, test } from 'vitest';
import * as events from './events.ts';
import { createLogger } from './log.ts';

const order: events.OrderFacts = {
  orderId: 'o-1',
  strategy: 'Demo',
  accountId: 1,
  lane: 'regular',
  role: 'entry',
  action: 'BUY',
  exchange: 'NSE',
  symbol: 'SBIN',
  product: 'CNC',
  quantity: 1,
};

function said(say: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown> {
  let line = '';
  const destination = {
    write: (part: string) => {
      line += part;
    },
  };
  say(createLogger({ service: 'executor', level: 'debug', destination }));
  return JSON.parse(line);
}

test('an event has a name for metrics, a text for people and the facts', () => {
  const facts = { ...order, brokerOrderId: '2410', mode: 'live', tookMs: 12 };
  expect(said((log) => events.orderAccepted(log, facts))).toMatchObject({
    ...facts,
    event: 'order_accepted',
    level: 'info',
    msg: 'order accepted: BUY 1 SBIN as 2410 (live)',
  });
});

test('a smart exit has no quantity to name', () => {
  const exit = { ...order, action: 'SELL', quantity: 0, lane: 'smart' };
  expect(said((log) => events.orderSent(log, exit))['msg']).toBe('sending order: SELL all of SBIN');
});

test('what may have been placed without our knowledge is an error', () => {
  const facts = { ...order, reason: 'no answer' };
  expect(said((log) => events.orderIndeterminate(log, facts))).toMatchObject({
    event: 'order_indeterminate',
    level: 'error',
  });
});

test('every event has its own name', () => {
  const facts = new Proxy({ orderIds: [] }, { get: (target, key) => (key in target ? [] : 'x') });
  const names = Object.values(events).map(
    (say) => said((log) => say(log, facts as never))['event'],
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => /^[a-z_]+$/.test(String(name)))).toBe(true);
});
