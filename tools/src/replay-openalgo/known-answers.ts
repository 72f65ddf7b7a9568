import { type Exchange, fieldsOf, textIn } from './recording.ts';

const INVALID_KEY = 'Invalid openalgo apikey';

/** The key was not taken, or its broker session was gone. */
export function isKeyRefused(exchange: Exchange): boolean {
  return exchange.response.status === 403 && messageOf(exchange) === INVALID_KEY;
}

/** The order waits for a person. */
export function isQueued({ response }: Exchange): boolean {
  return fieldsOf(response.body)['mode'] === 'semi_auto';
}

/** The limit that a 429 of OpenAlgo names, such as `10 per 1 second`; undefined for any other answer. */
export function limitReached(exchange: Exchange): string | undefined {
  const { status, body } = exchange.response;
  if (status !== 429 || fieldsOf(body)['status'] !== undefined) return undefined;
  const message = messageOf(exchange);
  return /^\d+ per \d+ \w+$/.test(message) ? message : undefined;
}

/** OpenAlgo's own words in live mode; any other text of an error is the broker's. */
const ownTexts = [
  /^\{'/,
  /^Invalid /,
  /^An unexpected error/,
  /^Failed to queue/,
  /OpenPosition Found/i,
  /^Position/,
  /^No position/,
  /Semi-Auto mode/,
  /^Broker-specific module/,
];

/** The broker's words in a live order's answer; undefined when they are OpenAlgo's or there are none. */
export function brokersWords(exchange: Exchange): string | undefined {
  const body = fieldsOf(exchange.response.body);
  if (body['status'] !== 'error' || body['mode'] !== undefined) return undefined;
  const message = messageOf(exchange);
  return ownTexts.some((text) => text.test(message)) ? undefined : message;
}

/** The answer's message, empty when it is none or no text. */
export function messageOf({ response }: Exchange): string {
  return textIn(fieldsOf(response.body), 'message');
}
