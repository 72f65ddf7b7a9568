/** Beyond any real order, and within what every database column holds. */
export const largestQuantity = 1_000_000_000;

const wholeNumberText = /^[+-]?\d{1,10}(?:\.0*)?$/;

/**
 * A whole number as senders write it: 10, "10", " 10.0 "; undefined for anything else, a fraction
 * or a number beyond a thousand million. TradingView's placeholders arrive as text with decimals.
 */
export function parseWholeNumber(value: unknown): number | undefined {
  const number = toNumber(value);
  if (number === undefined || !Number.isInteger(number) || Math.abs(number) > largestQuantity) {
    return undefined;
  }
  return number === 0 ? 0 : number;
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return wholeNumberText.test(text) ? Number(text) : undefined;
}
