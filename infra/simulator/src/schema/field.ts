import { pythonFloatOf, pythonIntOf } from './number-text.ts';

/** A value after the schema. */
export type Loaded = string | number | boolean | null;

/** One field of a request, with marshmallow 3's rules: numeric texts count as numbers, nothing else is coerced. */
export interface Field {
  readonly kind: 'string' | 'float' | 'integer' | 'boolean';
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly fallback?: Loaded;
  /** The text of what is wrong with a value of the right kind. */
  readonly check?: (value: Loaded) => string | undefined;
}

export type FieldOutcome = { readonly value: Loaded } | { readonly error: string };

/** Loads one value that is present. */
export function loadField(field: Field, raw: unknown): FieldOutcome {
  if (raw === null) {
    return field.nullable === true ? { value: null } : { error: 'Field may not be null.' };
  }
  const outcome = convert[field.kind](raw);
  if ('error' in outcome) return outcome;
  const wrong = field.check?.(outcome.value);
  return wrong === undefined ? outcome : { error: wrong };
}

const convert: Readonly<Record<Field['kind'], (raw: unknown) => FieldOutcome>> = {
  string: (raw) => (typeof raw === 'string' ? { value: raw } : { error: 'Not a valid string.' }),
  float: toFloat,
  integer: toInteger,
  boolean: toBoolean,
};

function toFloat(raw: unknown): FieldOutcome {
  const value = typeof raw === 'string' ? pythonFloatOf(raw) : raw;
  if (typeof value !== 'number') return { error: 'Not a valid number.' };
  if (Number.isFinite(value)) return { value };
  return { error: 'Special numeric values (nan or infinity) are not permitted.' };
}

function toInteger(raw: unknown): FieldOutcome {
  const value = typeof raw === 'string' ? pythonIntOf(raw) : raw;
  if (typeof value !== 'number' || Number.isNaN(value)) return { error: 'Not a valid integer.' };
  return Number.isFinite(value) ? { value: Math.trunc(value) } : { error: 'Number too large.' };
}

const yes = new Set<unknown>('t T true True TRUE on On ON y Y yes Yes YES 1'.split(' '));
const no = new Set<unknown>('f F false False FALSE off Off OFF n N no No NO 0'.split(' '));

function toBoolean(raw: unknown): FieldOutcome {
  if (raw === true || raw === 1 || yes.has(raw)) return { value: true };
  if (raw === false || raw === 0 || no.has(raw)) return { value: false };
  return { error: 'Not a valid boolean.' };
}
