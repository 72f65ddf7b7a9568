import { type Exchange, endpointOf, fieldsOf, textIn } from './recording.ts';

/** Calls that were made at the same time, and of which the recording only names number and kind. */
export interface ParallelCalls {
  readonly count: number;
  readonly request: Exchange['request'];
}

const NAMED = /\b(\d+) (?:parallel|concurrent|simultaneous) (.+)$/i;

/**
 * The parallel calls that an exchange's name tells of, as in `openposition after 5 parallel smart target 5`: so many
 * orders like the last recorded one of that kind, with the target or the action and quantity that the name gives.
 */
export function parallelCalls(
  exchange: Exchange,
  earlier: readonly Exchange[],
): ParallelCalls | undefined {
  const [, count, what = ''] = NAMED.exec(exchange.name) ?? [];
  if (count === undefined) return undefined;
  const endpoint = /smart/i.test(what) ? 'placesmartorder' : 'placeorder';
  const like = lastOrder(earlier, endpoint, fieldsOf(exchange.request.body));
  if (like === undefined) return undefined;
  const body = { ...fieldsOf(like.request.body), ...aboutInstrument(exchange), ...wanted(what) };
  return { count: Number(count), request: { ...like.request, body } };
}

function lastOrder(
  earlier: readonly Exchange[],
  endpoint: string,
  about: Readonly<Record<string, unknown>>,
): Exchange | undefined {
  const ofKind = earlier.filter(
    (one) => endpointOf(one) === endpoint && one.response.status === 200,
  );
  const symbol = textIn(about, 'symbol');
  return ofKind.findLast((one) => fieldsOf(one.request.body)['symbol'] === symbol) ?? ofKind.at(-1);
}

/** What the exchange itself says about the instrument wins over the order that was taken as the model. */
function aboutInstrument({ request }: Exchange) {
  const names = ['apikey', 'strategy', 'symbol', 'exchange', 'product'];
  const given = Object.entries(fieldsOf(request.body)).filter(([name]) => names.includes(name));
  return Object.fromEntries(given);
}

function wanted(what: string): Record<string, string> {
  const target = /(?:target|position_size|position|pos) ?=?(-?\d+)/i.exec(what)?.[1];
  if (target !== undefined) {
    const quantity = String(Math.abs(Number(target)));
    return { position_size: target, quantity, action: Number(target) < 0 ? 'SELL' : 'BUY' };
  }
  if (/smart/i.test(what) && /exit|flat|close/i.test(what)) {
    return { position_size: '0', quantity: '0' };
  }
  const [, action, quantity] = /\b(BUY|SELL)\b(?: (\d+))?/i.exec(what) ?? [];
  return {
    ...(action !== undefined && { action: action.toUpperCase() }),
    ...(quantity !== undefined && { quantity }),
  };
}
