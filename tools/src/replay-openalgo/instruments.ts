import { type Instrument, lotSizeOf } from '@orderlane/simulator/market/instruments';
import { messageOf } from './known-answers.ts';
import {
  type Exchange,
  endpointOf,
  type Fields,
  fieldsOf,
  rowsOf,
  succeeded,
  textIn,
} from './recording.ts';

/** The part of the recorded master contract that the recording shows. */
export function listedInstruments(examples: readonly Exchange[]): readonly Instrument[] {
  const found = new Map<string, Instrument>();
  for (const exchange of examples) {
    for (const instrument of instrumentsIn(exchange)) {
      const key = `${instrument.exchange}:${instrument.symbol}`;
      found.set(key, { ...found.get(key), ...instrument });
    }
  }
  return [...found.values()];
}

function instrumentsIn(exchange: Exchange): readonly Instrument[] {
  const endpoint = endpointOf(exchange);
  if (endpoint === 'search' || endpoint === 'symbol') return masterRows(exchange);
  const request = fieldsOf(exchange.request.body);
  const symbol = textIn(request, 'symbol');
  const exchangeName = textIn(request, 'exchange');
  if (symbol === '' || !passedMasterContract(exchange)) return [];
  const lotSize = lotSaid(exchange) ?? lotSizeOf(symbol, exchangeName);
  return [{ symbol, exchange: exchangeName, lotSize }];
}

function masterRows(exchange: Exchange): readonly Instrument[] {
  const { data } = fieldsOf(exchange.response.body);
  return [...rowsOf(data), fieldsOf(data)]
    .filter((row) => textIn(row, 'symbol') !== '')
    .map((row) => ({
      symbol: textIn(row, 'symbol'),
      exchange: textIn(row, 'exchange'),
      lotSize: Number(row['lotsize']) || 1,
      name: `${textIn(row, 'name')} ${textIn(row, 'brsymbol')} ${textIn(row, 'token')}`,
    }));
}

/** The sandbox and quotes look a symbol up before anything else about it; some refusals come later. */
function passedMasterContract(exchange: Exchange): boolean {
  const body: Fields = fieldsOf(exchange.response.body);
  if (succeeded(exchange)) return body['mode'] === 'analyze' || endpointOf(exchange) === 'quotes';
  return laterRefusals.some((text) => text.test(messageOf(exchange)));
}

const laterRefusals = [
  /^Quantity must be in multiples of lot size/,
  /^MIS orders cannot be placed/,
  /^Cannot sell /,
  /^Cannot place MARKET order/,
  /^Insufficient funds/,
];

function lotSaid(exchange: Exchange): number | undefined {
  const lot = /multiples of lot size (\d+)/.exec(messageOf(exchange))?.[1];
  return lot === undefined ? undefined : Number(lot);
}
