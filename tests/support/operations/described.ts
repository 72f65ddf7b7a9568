import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { default as addFormats } from 'ajv-formats';

type Schema = Record<string, unknown>;

interface Content {
  schema: Schema;
}

export interface Operation {
  /** As `POST /accounts/{id}/edit`. */
  name: string;
  summary: string;
  description: string;
  access: string;
  /** By status. */
  responses: Record<string, { description: string; content: Record<string, Content> }>;
}

/** The operations of an OpenAPI 3.1 document. @throws when it is not one */
export async function readOperations(document: Record<string, unknown>): Promise<Operation[]> {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document));
  if (!valid) throw new Error(JSON.stringify(errors));
  if (validator.version !== '3.1') throw new Error(`OpenAPI ${validator.version}`);
  const { paths } = validator.resolveRefs() as { paths: Record<string, Record<string, Schema>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...(operation as unknown as Operation),
      name: `${method.toUpperCase()} ${path}`,
      access: String(operation['x-access']),
    })),
  );
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

/** What is wrong with an answer by what the document says; more than it says is wrong too. */
export function faultsOf(
  { responses }: Operation,
  { status, type, body }: { status: number; type: string; body: unknown },
): unknown {
  const response = responses[status];
  if (response === undefined) return `${status} is not documented`;
  const content = response.content[type.split(';')[0] ?? ''];
  if (content === undefined) return `${status} as ${type} is not documented`;
  const validate = ajv.compile(close(content.schema));
  return validate(body) ? [] : validate.errors;
}

/** The schema without room for fields that it does not name. */
function close(schema: unknown): Schema {
  const merged = merge(schema as Schema);
  const closed = Object.fromEntries(
    Object.entries(merged).map(([key, value]) => [
      key,
      key === 'properties' ? value : inner(value),
    ]),
  );
  if (merged['properties'] === undefined) return closed;
  const properties = Object.entries(merged['properties'] as Schema);
  return {
    additionalProperties: false,
    ...closed,
    properties: Object.fromEntries(properties.map(([key, value]) => [key, close(value)])),
  };
}

function inner(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inner);
  return typeof value === 'object' && value !== null ? close(value) : value;
}

function merge(schema: Schema): Schema {
  const { allOf, ...own } = schema as Schema & { allOf?: Schema[] };
  const all = [...(allOf ?? []).map(merge), own];
  const properties = all.map((one) => one['properties'] as Schema | undefined);
  const required = all.flatMap((one) => (one['required'] as string[] | undefined) ?? []);
  if (allOf === undefined) return own;
  return Object.assign({}, ...all, { properties: Object.assign({}, ...properties), required });
}
