import { type Answer, success } from '../answer.ts';
import type { Book } from '../books/book.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { timestamp } from '../clock.ts';
import { roundToPaise } from '../market/quotes.ts';

/** Money of the account: the broker's as texts, the sandbox's as numbers. */
export function funds(world: World, { account }: CallContext): Answer {
  if (account.mode === 'analyze') return sandboxFunds(world, account.sandbox);
  const { realized, unrealized, invested } = totals(world, account.live);
  const texts = {
    availablecash: account.brokerFunds - invested + realized,
    collateral: 0,
    m2mrealized: realized,
    m2munrealized: unrealized,
    utiliseddebits: invested,
  };
  const data = Object.entries(texts).map(([name, rupees]) => [name, rupees.toFixed(2)]);
  return success({ data: Object.fromEntries(data) });
}

function sandboxFunds(world: World, { book, funds: money }: CallContext['account']['sandbox']) {
  const { available, used, realized, since } = money;
  const { unrealized } = totals(world, book);
  const data = {
    availablecash: available,
    collateral: 0,
    grossexposure: used,
    last_reset: timestamp(since),
    m2mrealized: realized,
    m2munrealized: unrealized,
    reset_count: 0,
    today_realized_pnl: realized,
    total_realized_pnl: realized,
    totalpnl: roundToPaise(realized + unrealized),
    utiliseddebits: used,
  };
  return success({ data, mode: 'analyze' });
}

/** Profits and the value at cost of what is held, in rupees. */
function totals({ quotes }: World, book: Book) {
  let realized = 0;
  let unrealized = 0;
  let invested = 0;
  for (const position of book.positions.values()) {
    const ltp = quotes.find(position.symbol)?.ltp ?? position.lastPrice;
    realized += position.realized;
    unrealized += position.quantity * (ltp - position.averagePrice);
    invested += Math.abs(position.quantity) * position.averagePrice;
  }
  return {
    realized: roundToPaise(realized),
    unrealized: roundToPaise(unrealized),
    invested: roundToPaise(invested),
  };
}
