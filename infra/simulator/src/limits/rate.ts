/** So many calls in so long, and the text OpenAlgo's 429 shows. */
export interface Rate {
  readonly calls: number;
  readonly windowMs: number;
  readonly text: string;
}

const secondsIn: ReadonlyMap<string, number> = new Map([
  ['second', 1],
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
]);

const RATE = /^(\d+)\s*(?:per|\/)\s*(\d+)?\s*(second|minute|hour|day)s?$/i;

/**
 * Reads Flask-Limiter's notation, `10 per second` or several joined by `;`.
 *
 * @throws Error naming the text that is not a rate
 */
export function parseRates(text: string): readonly Rate[] {
  return text
    .split(/[;,|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseRate);
}

function parseRate(text: string): Rate {
  const [, calls, multiples = '1', unit = ''] = RATE.exec(text) ?? [];
  const seconds = secondsIn.get(unit.toLowerCase());
  if (calls === undefined || seconds === undefined) throw new Error(`not a rate: "${text}"`);
  return {
    calls: Number(calls),
    windowMs: seconds * Number(multiples) * 1000,
    text: `${calls} per ${multiples} ${unit.toLowerCase()}`,
  };
}
