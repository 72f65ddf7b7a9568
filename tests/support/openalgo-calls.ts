import { createOpenAlgoClient, type OpenAlgoClientOptions } from '@orderlane/openalgo/client';
import type { PlaceOrderCall } from '@orderlane/openalgo/place-order';

/** A client for tests: short times, closed with `await using`. */
export function openTestClient(
  options: Partial<OpenAlgoClientOptions> & Pick<OpenAlgoClientOptions, 'baseUrl'>,
) {
  const client = createOpenAlgoClient({ apiKey: 'test-key', ...options });
  return { ...client, [Symbol.asyncDispose]: async () => await client.close() };
}

const order = {
  strategy: 'demo',
  exchange: 'NSE',
  symbol: 'SBIN',
  action: 'BUY',
  product: 'MIS',
  pricetype: 'MARKET',
  quantity: '10',
} as const;

/** A regular order with all the time in the world, unless told otherwise. */
export function regularCall(sendBy = Number.POSITIVE_INFINITY): PlaceOrderCall {
  return { kind: 'regular', payload: order, orderHeader: 'order-1/1', sendBy };
}

/** The exit that closes whatever the account holds of the symbol. */
export function smartExitCall(): PlaceOrderCall {
  return {
    kind: 'smart',
    payload: {
      ...order,
      action: 'SELL',
      quantity: '0',
      position_size: '0',
      price: '0',
      trigger_price: '0',
      disclosed_quantity: '0',
    },
    orderHeader: 'order-2/1',
    sendBy: Number.POSITIVE_INFINITY,
  };
}
