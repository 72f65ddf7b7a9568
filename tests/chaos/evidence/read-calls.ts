import type { Call } from '@orderlane/simulator/calls/call-log';
import type { SimulatorClient } from '@orderlane/simulator/client';
import { isQuestion } from '../../support/place-calls.ts';
import type { CallFact } from './evidence.ts';
import { fingerprintOf } from './fingerprint.ts';

const placing = ['placeorder', 'placesmartorder'] as const;

/** The place-order calls that OpenAlgo saw, in order of arrival. */
export async function readCalls(simulator: SimulatorClient): Promise<CallFact[]> {
  const calls: Call[] = [];
  for (const endpoint of placing) calls.push(...(await simulator.calls({ endpoint })));
  const orders = calls.filter(({ body }) => !isQuestion(body));
  return orders.map(toFact).toSorted((one, other) => one.arrivedAt - other.arrivedAt);
}

function toFact(call: Call): CallFact {
  const [orderId = null, attempt] = call.order?.split('/') ?? [];
  const body = typeof call.body === 'object' && call.body !== null ? call.body : {};
  const sent: Record<string, unknown> = { ...body };
  return {
    orderId,
    attempt: attempt === undefined ? null : Number(attempt),
    account: call.account,
    endpoint: call.endpoint,
    fingerprint: fingerprintOf({
      endpoint: call.endpoint,
      exchange: sent['exchange'],
      symbol: sent['symbol'],
      product: sent['product'],
      action: sent['action'],
      quantity: sent['quantity'],
      positionSize: sent['position_size'],
    }),
    arrivedAt: call.arrivedAt,
    executed: call.executed.map(({ orderid }) => orderid),
    faults: call.faults,
    answer: call.answer === null ? null : `${call.answer.status} ${textOf(call.answer.body)}`,
    end: call.end,
  };
}

function textOf(body: unknown): string {
  return (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, 200);
}
