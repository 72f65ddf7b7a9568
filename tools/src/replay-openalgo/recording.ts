import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const exchangeSchema = z.object({
  name: z.string(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()).default({}),
    /** An object is sent as JSON, a text as it is. */
    body: z.unknown().optional(),
  }),
  response: z.object({ status: z.number().int(), body: z.unknown().optional() }),
});

const recordingSchema = z.object({
  about: z.string().default(''),
  examples: z.array(exchangeSchema),
});

/** A request and the answer that OpenAlgo gave. */
export type Exchange = z.infer<typeof exchangeSchema>;
export type Recording = z.infer<typeof recordingSchema>;
/** A JSON object of unknown content. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a file of recorded exchanges.
 *
 * @throws Error when the file is missing, not JSON, or of another shape
 */
export async function readRecording(path: string): Promise<Recording> {
  return recordingSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

/** A JSON object's members; none for anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** The rows of an array; none for anything else. */
export function rowsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

/** The endpoint's name below `/api/v1/`. */
export function endpointOf({ request }: Exchange): string {
  const path = request.path.split('?')[0] ?? '';
  return path.replace(/^\/api\/v1\//, '').replace(/\/$/, '');
}

/** Rows of orders in an answer of the order book. */
export function orderRows({ response }: Exchange): readonly Fields[] {
  return rowsOf(fieldsOf(fieldsOf(response.body)['data'])['orders']);
}

/** Whether an answer says `status: success`. */
export function succeeded({ response }: Exchange): boolean {
  return response.status === 200 && fieldsOf(response.body)['status'] === 'success';
}

/** The name says in which mode it was recorded. */
export function isLive({ name }: Exchange): boolean {
  return /^LIVE\b/.test(name);
}

/** A text member, empty when it is missing or no text. */
export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
