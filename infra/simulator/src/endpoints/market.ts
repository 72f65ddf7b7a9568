import { type Answer, failure, success } from '../answer.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import { indianTime } from '../clock.ts';
import { holidaysOf, timingsOf } from '../market/calendar.ts';
import type { Instrument } from '../market/instruments.ts';
import { roundToPaise } from '../market/quotes.ts';
import type { Data } from '../schema/load.ts';
import { numberOf, textOf } from './order-request.ts';

export function quotes(world: World, { data }: CallContext): Answer {
  const symbol = textOf(data, 'symbol');
  const exchange = textOf(data, 'exchange');
  if (world.instruments.find(symbol, exchange) === undefined) {
    return failure(
      400,
      `Symbol '${symbol}' not found for exchange '${exchange}'. Please verify the symbol name and ensure master contracts are downloaded.`,
    );
  }
  const quote = world.quotes.find(symbol);
  if (quote === undefined) return failure(500, 'Failed to fetch quotes');
  const { ltp, bid, ask } = quote;
  return success({
    data: {
      ask,
      bid,
      high: roundToPaise(ltp * 1.01),
      low: roundToPaise(ltp * 0.99),
      ltp,
      oi: 0,
      open: ltp,
      prev_close: ltp,
      volume: 1000,
    },
  });
}

export function symbolInfo(world: World, { data }: CallContext): Answer {
  const name = textOf(data, 'symbol');
  const exchange = textOf(data, 'exchange');
  const instrument = world.instruments.find(name, exchange);
  if (instrument === undefined) {
    return failure(404, `Symbol ${name} not found in exchange ${exchange}`);
  }
  return success({
    data: { id: world.instruments.rowNumber(instrument), ...instrumentRow(instrument) },
  });
}

export function search(world: World, { data }: CallContext): Answer {
  const query = textOf(data, 'query').trim();
  if (query === '') return failure(400, 'Query parameter is required and cannot be empty');
  const exchange = data.has('exchange') ? textOf(data, 'exchange') : undefined;
  const found = world.instruments.search(query, exchange);
  if (found.length === 0) return success({ message: 'No matching symbols found', data: [] });
  const message = `Found ${found.length} matching symbols`;
  return success({ message, data: found.map(instrumentRow) });
}

/** Day, month, year, strike and kind in the name of a contract. */
const CONTRACT = /(\d{2})([A-Z]{3})(\d{2})(?:FUT|(\d+(?:\.\d+)?)(CE|PE))$/;

function instrumentRow(instrument: Instrument) {
  const { symbol, exchange, lotSize, name = symbol, freezeQuantity = 1 } = instrument;
  const contract = CONTRACT.exec(symbol);
  const [, day, month, year, strike, option] = contract ?? [];
  return {
    symbol,
    brsymbol: symbol,
    name,
    exchange,
    brexchange: exchange,
    token: `${exchange}:${symbol}`,
    expiry: contract === null ? '' : `${day}-${month}-${year}`,
    strike: Number(strike ?? 0),
    lotsize: lotSize,
    instrumenttype: symbol.endsWith('FUT') ? 'FUT' : (option ?? 'EQ'),
    tick_size: 0.05,
    freeze_qty: freezeQuantity,
  };
}

export function holidays(world: World, data: Data): Answer {
  const thisYear = Number(indianTime(world.clock.now()).date.slice(0, 4));
  const year = data.has('year') ? numberOf(data, 'year') : thisYear;
  return success({ year, timezone: 'Asia/Kolkata', data: holidaysOf(year) });
}

export function timings(_world: World, data: Data): Answer {
  const date = textOf(data, 'date');
  if (!isDate(date)) return failure(400, 'Invalid date format. Use YYYY-MM-DD');
  if (date < '2020-01-01' || date > '2050-12-31') {
    return failure(400, 'Date must be between 2020-01-01 and 2050-12-31');
  }
  return success({ data: timingsOf(date) });
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
