import type { Simulator } from '@orderlane/simulator/simulator';
import { brokersWords, messageOf } from './known-answers.ts';
import {
  type Exchange,
  endpointOf,
  fieldsOf,
  isLive,
  orderRows,
  type Recording,
  textIn,
} from './recording.ts';

/** Sets prices and refusals as the recorded broker had them. */
export function setUpMarket({ quotes, accounts }: Simulator, recording: Recording): void {
  for (const [symbol, quote] of recordedQuotes(recording)) quotes.set(symbol, quote);
  for (const symbol of unquoted(recording.examples)) quotes.setNone(symbol);
  for (const { symbol, endpoint, refusal } of recordedRefusals(recording)) {
    for (const account of accounts.all()) account.refusals.set(`${endpoint} ${symbol}`, refusal);
  }
}

interface RecordedQuote {
  readonly ltp: number;
  readonly bid?: number;
  readonly ask?: number;
}

function recordedQuotes({ about, examples }: Recording): ReadonlyMap<string, RecordedQuote> {
  const found = new Map<string, RecordedQuote>();
  for (const row of examples.flatMap(orderRows)) {
    const ltp = Number(row['price']);
    if (row['pricetype'] === 'MARKET' && ltp > 0) found.set(textIn(row, 'symbol'), { ltp });
  }
  const said = /quotes?[^.]*?:(.*)/i.exec(about)?.[1] ?? '';
  for (const [, symbol = '', ltp] of said.matchAll(/\b([A-Z][A-Z0-9&-]+) (\d+(?:\.\d+)?)/g)) {
    found.set(symbol, { ltp: Number(ltp) });
  }
  for (const exchange of examples.filter((one) => endpointOf(one) === 'quotes')) {
    const { ltp, bid, ask } = fieldsOf(fieldsOf(exchange.response.body)['data']);
    if (typeof ltp !== 'number' || typeof bid !== 'number' || typeof ask !== 'number') continue;
    found.set(textIn(fieldsOf(exchange.request.body), 'symbol'), { ltp, bid, ask });
  }
  return found;
}

function unquoted(examples: readonly Exchange[]): readonly string[] {
  return examples.flatMap((exchange) => {
    const symbol = /^Cannot place MARKET order for (\S+) - unable/.exec(messageOf(exchange))?.[1];
    return symbol ?? [];
  });
}

const placing = new Set(['placeorder', 'placesmartorder']);

/** Symbols the recorded broker refused: those the recording names, and those of which no live order went through. */
function recordedRefusals({ about, examples }: Recording) {
  const named = /refuses every order for ([A-Z0-9&-]+(?:(?:, | and )[A-Z0-9&-]+)*)/.exec(
    about,
  )?.[1];
  const symbols = new Set(named?.split(/, | and /));
  return examples
    .filter((exchange) => isLive(exchange) && placing.has(endpointOf(exchange)))
    .flatMap((exchange) => {
      const refusal = refusalIn(exchange);
      const symbol = textIn(fieldsOf(exchange.request.body), 'symbol');
      const always = symbols.has(symbol) || !wentThrough(examples, symbol);
      if (refusal === undefined || !always) return [];
      return [{ symbol, endpoint: endpointOf(exchange), refusal }];
    });
}

function refusalIn(exchange: Exchange) {
  const body = fieldsOf(exchange.response.body);
  if (body['status'] === 'success' && body['orderid'] === null) return 'null_order_id' as const;
  const message = brokersWords(exchange);
  return message === undefined ? undefined : { status: exchange.response.status, message };
}

function wentThrough(examples: readonly Exchange[], symbol: string): boolean {
  return examples.some(
    (exchange) =>
      isLive(exchange) &&
      textIn(fieldsOf(exchange.request.body), 'symbol') === symbol &&
      Boolean(fieldsOf(exchange.response.body)['orderid']),
  );
}
