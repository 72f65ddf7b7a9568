import { type Answer, success } from '../answer.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { roundToPaise } from '../market/quotes.ts';
import { bookOf } from './order-book.ts';

export function ping(world: World): Answer {
  return success({ data: { broker: world.broker.name, message: 'pong' } });
}

export function analyzer(_world: World, { account }: CallContext): Answer {
  return success({ data: analyzerState(account) });
}

/** Switches the whole server, not one caller. */
export function toggleAnalyzer(_world: World, { account, data }: CallContext): Answer {
  account.mode = data.get('mode') === true ? 'analyze' : 'live';
  const message = `Analyzer mode switched to ${account.mode}`;
  return success({ data: { ...analyzerState(account), message } });
}

function analyzerState(account: CallContext['account']) {
  const { mode, analyzerLogs } = account;
  return { mode, analyze_mode: mode === 'analyze', total_logs: analyzerLogs };
}

export function holdings(world: World, { account }: CallContext): Answer {
  const rows = [...bookOf(account).holdings.values()].map((holding) => {
    const ltp = world.quotes.find(holding.symbol)?.ltp ?? holding.averagePrice;
    const pnl = roundToPaise((ltp - holding.averagePrice) * holding.quantity);
    const invested = holding.averagePrice * holding.quantity;
    return {
      symbol: holding.symbol,
      exchange: holding.exchange,
      product: 'CNC',
      quantity: holding.quantity,
      pnl,
      pnlpercent: invested === 0 ? 0 : roundToPaise((pnl / invested) * 100),
      value: roundToPaise(ltp * holding.quantity),
      invested,
    };
  });
  const total = (name: 'value' | 'invested' | 'pnl') =>
    roundToPaise(rows.reduce((sum, row) => sum + row[name], 0));
  const invested = total('invested');
  const data = {
    holdings: rows.map(({ value: _value, invested: _invested, ...row }) => row),
    statistics: {
      totalholdingvalue: total('value'),
      totalinvvalue: invested,
      totalprofitandloss: total('pnl'),
      totalpnlpercentage: invested === 0 ? 0 : roundToPaise((total('pnl') / invested) * 100),
    },
  };
  return success(account.mode === 'live' ? { data } : { data, mode: 'analyze' });
}
