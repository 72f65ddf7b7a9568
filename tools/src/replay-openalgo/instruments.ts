import { type Instrument, lotSizeOf } from '@orderlane/simulator/market/instruments';
import { messageOf } from './known-answers.ts';
import {
  type Exchange,
  endpointOf,
  type Fields,
  fieldsOf,
  isLive,
  orderRows,
  rowsOf,
  succeeded,
  textIn,
} from './recording.ts';

/** The part of the recorded master contract that the recording shows. */
export function listedInstruments(examples: readonly Exchange[]): readonly Instrument[] {
  const found = new Map<string, Instrument>();
  const shown = [
    ...examples.flatMap(instrumentsIn),
    ...examples.flatMap(inSandboxBooks),
    ...tradedLive(examples),
  ];
  for (const { lotSize, ...row } of shown) {
    const key = `${row.exchange}:${row.symbol}`;
    const known = found.get(key);
    const lot = lotSize ?? known?.lotSize ?? lotSizeOf(row.symbol, row.exchange);
    found.set(key, { ...known, ...row, lotSize: lot });
  }
  return [...found.values()];
}

/** An instrument of which an exchange may not show the lot. */
type Shown = Omit<Instrument, 'lotSize'> & { readonly lotSize: number | undefined };

function instrumentsIn(exchange: Exchange): readonly Shown[] {
  const endpoint = endpointOf(exchange);
  if (endpoint === 'search' || endpoint === 'symbol') return masterRows(exchange);
  const request = fieldsOf(exchange.request.body);
  const symbol = textIn(request, 'symbol');
  if (symbol === '' || !passedMasterContract(exchange)) return [];
  return [{ symbol, exchange: textIn(request, 'exchange'), lotSize: lotSaid(exchange) }];
}

/**
 * What was traded in live mode, where nobody looks a symbol up. A position book shows an unlisted symbol as null: where
 * one does, only the symbols that some book names are listed.
 */
function tradedLive(examples: readonly Exchange[]): readonly Shown[] {
  const rows = examples.flatMap((exchange) => rowsOf(fieldsOf(exchange.response.body)['data']));
  const named = new Set(rows.map((row) => row['symbol']));
  return examples
    .filter((exchange) => isLive(exchange) && succeeded(exchange))
    .map(({ request }) => fieldsOf(request.body))
    .filter((body) => textIn(body, 'symbol') !== '')
    .filter((body) => !named.has(null) || named.has(body['symbol']))
    .map((body) => ({
      symbol: textIn(body, 'symbol'),
      exchange: textIn(body, 'exchange'),
      lotSize: undefined,
    }));
}

/** The sandbox's books hold only what the master contract has. */
function inSandboxBooks(exchange: Exchange): readonly Shown[] {
  const body = fieldsOf(exchange.response.body);
  if (body['mode'] !== 'analyze') return [];
  return [...rowsOf(body['data']), ...orderRows(exchange)]
    .filter((row) => textIn(row, 'symbol') !== '')
    .map((row) => ({
      symbol: textIn(row, 'symbol'),
      exchange: textIn(row, 'exchange'),
      lotSize: undefined,
    }));
}

function masterRows(exchange: Exchange): readonly Shown[] {
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
