import { type Answer, success } from '../answer.ts';
import type { Position } from '../books/net.ts';
import type { OrderRequest, Product } from '../books/order.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { placeLiveOrder } from '../live/place-order.ts';
import { placeSandboxOrder } from '../sandbox/place-order.ts';
import { bookOf } from './order-book.ts';
import { isShown } from './position-book.ts';

/** Closes every position of the account; the strategy that was named does not matter. */
export function closePosition(world: World, context: CallContext): Answer {
  const open = [...bookOf(context.account).positions.values()].filter((row) => row.quantity !== 0);
  if (context.account.mode === 'live') {
    for (const position of open) placeLiveOrder(world, context, closing(position, 'Squareoff'));
    return success({ message: 'All Open Positions Squared Off' });
  }
  return closeSandbox(world, context, open);
}

function closeSandbox(world: World, context: CallContext, open: readonly Position[]): Answer {
  const { positions } = context.account.sandbox.book;
  if (![...positions.values()].some(isShown)) {
    return success({ message: 'No open positions to close', mode: 'analyze' });
  }
  const answers = open.map((position) =>
    placeSandboxOrder(world, context, closing(position, 'AUTO_SQUARE_OFF')),
  );
  const closed = answers.filter((answer) => answer.status === 200).length;
  const failed = answers.length - closed;
  const tail = failed > 0 ? ` (Failed to close ${failed} positions)` : '';
  return success({
    message: `Closed ${closed} positions${tail}`,
    closed_positions: closed,
    failed_closures: failed,
    mode: 'analyze',
  });
}

function closing(position: Position, strategy: string): OrderRequest {
  return {
    strategy,
    symbol: position.symbol,
    exchange: position.exchange,
    action: position.quantity > 0 ? 'SELL' : 'BUY',
    quantity: Math.abs(position.quantity),
    pricetype: 'MARKET',
    product: position.product as Product,
    price: 0,
    triggerPrice: 0,
    clientOrderId: null,
  };
}
