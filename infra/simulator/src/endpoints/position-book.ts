import { type Answer, success } from '../answer.ts';
import type { Position } from '../books/net.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { roundToPaise } from '../market/quotes.ts';
import { bookOf } from './order-book.ts';
import { textOf } from './order-request.ts';

export function positionBook(world: World, { account }: CallContext): Answer {
  const positions = [...bookOf(account).positions.values()];
  if (account.mode === 'live') {
    return success({ data: positions.map((position) => livePositionRow(world, position)) });
  }
  const rows = positions.filter(isShown).map((position) => sandboxPositionRow(world, position));
  const open = rows.filter((row) => row.quantity !== 0);
  return success({
    data: rows,
    total_pnl: sum(rows.map((row) => row.total_pnl_today)),
    total_pnl_today: sum(rows.map((row) => row.total_pnl_today)),
    total_today_realized_pnl: sum(rows.map((row) => row.today_realized_pnl)),
    total_unrealized_pnl: sum(open.map((row) => row.unrealized_pnl)),
    mode: 'analyze',
  });
}

export function openPosition(world: World, { account, data }: CallContext): Answer {
  const symbol = textOf(data, 'symbol');
  const exchange = textOf(data, 'exchange');
  const product = textOf(data, 'product');
  if (account.mode === 'analyze') {
    const quantity = account.sandbox.book.quantityOf({ symbol, exchange, product });
    return success({ quantity, mode: 'analyze' });
  }
  // In live mode OpenAlgo reads its own position book, where an unlisted symbol has no name.
  const listed = world.instruments.find(symbol, exchange) !== undefined;
  const quantity = listed ? account.live.quantityOf({ symbol, exchange, product }) : 0;
  return success({ quantity });
}

/** The sandbox shows a closed position only when it made or lost money today. */
export function isShown({ quantity, realized }: Position): boolean {
  return quantity !== 0 || roundToPaise(realized) !== 0;
}

function livePositionRow(world: World, position: Position) {
  const { symbol, exchange, product, quantity, averagePrice } = position;
  const listed = world.instruments.find(symbol, exchange) !== undefined;
  const ltp = lastPrice(world, position);
  return {
    symbol: listed ? symbol : null,
    exchange,
    product,
    quantity,
    average_price: averagePrice.toFixed(2),
    ltp,
    pnl: roundToPaise(position.realized + unrealized(position, ltp)),
  };
}

function sandboxPositionRow(world: World, position: Position) {
  const { symbol, exchange, product, quantity, averagePrice, realized } = position;
  const ltp = quantity === 0 ? position.lastPrice : lastPrice(world, position);
  const open = roundToPaise(unrealized(position, ltp));
  const invested = Math.abs(averagePrice * quantity);
  const today = roundToPaise(realized + open);
  return {
    symbol,
    exchange,
    product,
    quantity,
    average_price: averagePrice,
    ltp,
    pnl: today,
    pnlpercent: invested === 0 ? 0 : (open / invested) * 100,
    unrealized_pnl: quantity === 0 ? today : open,
    today_realized_pnl: roundToPaise(realized),
    total_pnl_today: today,
    lot_size: 1,
  };
}

function lastPrice(world: World, position: Position): number {
  return world.quotes.find(position.symbol)?.ltp ?? position.lastPrice;
}

function unrealized({ quantity, averagePrice }: Position, ltp: number): number {
  return quantity * (ltp - averagePrice);
}

function sum(values: readonly number[]): number {
  return roundToPaise(values.reduce((total, value) => total + value, 0));
}
