import type { Field, Loaded } from './field.ts';

export const EXCHANGES = [
  'NSE',
  'NFO',
  'CDS',
  'BSE',
  'BFO',
  'BCD',
  'MCX',
  'NCDEX',
  'NCO',
  'NSE_INDEX',
  'BSE_INDEX',
  'MCX_INDEX',
  'GLOBAL_INDEX',
  'CRYPTO',
] as const;

/** A required text of any content. */
export const requiredText: Field = { kind: 'string', required: true };

/** The key, where its length is checked. */
export const apikey: Field = {
  kind: 'string',
  required: true,
  check: (value) => {
    const length = [...String(value)].length;
    return length >= 1 && length <= 256 ? undefined : 'Length must be between 1 and 256.';
  },
};

/** A text from a closed list. */
export function oneOf(values: readonly string[], options: Partial<Field> = {}): Field {
  const text = `Must be one of: ${values.join(', ')}.`;
  return {
    kind: 'string',
    check: (value) => (values.includes(String(value)) ? undefined : text),
    ...options,
  };
}

/** A number with a lower bound and the text that names it. */
export function atLeast(bound: Bound, text: string): Field {
  const low = (value: Loaded) =>
    bound.exclusive === true ? Number(value) <= bound.min : Number(value) < bound.min;
  return { kind: bound.kind ?? 'float', check: (value) => (low(value) ? text : undefined) };
}

interface Bound {
  readonly min: number;
  readonly exclusive?: boolean;
  readonly kind?: 'float' | 'integer';
}

export const requiredExchange = oneOf(EXCHANGES, { required: true });
export const action = oneOf(['BUY', 'SELL', 'buy', 'sell'], { required: true });
export const pricetype = oneOf(['MARKET', 'LIMIT', 'SL', 'SL-M']);
export const product = oneOf(['MIS', 'NRML', 'CNC']);
export const positiveQuantity = atLeast(
  { min: 0, exclusive: true },
  'Quantity must be a positive number.',
);
export const quantityFromZero = atLeast({ min: 0 }, 'Quantity must be a non-negative number.');
export const price = atLeast({ min: 0 }, 'Price must be a non-negative number.');
export const triggerPrice = atLeast({ min: 0 }, 'Trigger price must be a non-negative number.');
export const disclosedQuantity = atLeast(
  { min: 0, kind: 'integer' },
  'Disclosed quantity must be a non-negative integer.',
);
