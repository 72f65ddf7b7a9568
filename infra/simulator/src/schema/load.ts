import { type Field, type Loaded, loadField } from './field.ts';
import { pythonFloat } from './python.ts';

/** The fields of one request. The order of the fields is the order of the errors. */
export interface Schema {
  readonly fields: Readonly<Record<string, Field>>;
  /** What only a newer OpenAlgo knows. */
  readonly newerFields?: Readonly<Record<string, Field>>;
  /** Orders: a fraction is refused except on the crypto exchange. */
  readonly wholeQuantity?: boolean;
}

/** The same request as a newer OpenAlgo takes it. */
export function newer(schema: Schema): Schema {
  return { ...schema, fields: { ...schema.fields, ...schema.newerFields } };
}

export type Data = ReadonlyMap<string, Loaded>;

export type LoadOutcome =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly errors: ReadonlyMap<string, readonly string[]> };

/** Loads a request's body as marshmallow 3 does: all errors at once, unknown fields refused. */
export function load(schema: Schema, body: unknown): LoadOutcome {
  if (!isRecord(body)) return refused(new Map([['_schema', ['Invalid input type.']]]));
  const data = new Map<string, Loaded>();
  const errors = new Map<string, readonly string[]>();
  for (const [name, field] of Object.entries(schema.fields)) {
    const outcome = loadMember(field, body, name);
    if (outcome === undefined) continue;
    if ('error' in outcome) errors.set(name, [outcome.error]);
    else data.set(name, outcome.value);
  }
  const unknown = Object.keys(body).filter((name) => !Object.hasOwn(schema.fields, name));
  for (const name of unknown) errors.set(name, ['Unknown field.']);
  if (errors.size > 0) return refused(errors);
  return schema.wholeQuantity === true ? checkWholeQuantity(data) : { ok: true, data };
}

function loadMember(field: Field, body: Readonly<Record<string, unknown>>, name: string) {
  if (Object.hasOwn(body, name)) return loadField(field, body[name]);
  if (field.required === true) return { error: 'Missing data for required field.' };
  return field.fallback === undefined ? undefined : { value: field.fallback };
}

/** Runs after all fields are good, so it is never one of several errors. */
function checkWholeQuantity(data: Data): LoadOutcome {
  const quantity = data.get('quantity');
  if (data.get('exchange') === 'CRYPTO' || typeof quantity !== 'number') return { ok: true, data };
  if (Number.isInteger(quantity)) return { ok: true, data };
  const text = `Fractional quantity (${pythonFloat(quantity)}) is not allowed for non-crypto exchanges.`;
  return refused(new Map([['quantity', [text]]]));
}

function refused(errors: ReadonlyMap<string, readonly string[]>): LoadOutcome {
  return { ok: false, errors };
}

/** A JSON object: not null, not an array. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
