import { hc } from 'hono/client';
import type { ConsoleRoutes } from './app.ts';
import type { ErrorBody } from './http/error-answer.ts';

export interface ClientOptions {
  /** Where the console is, as `http://127.0.0.1:8081`. */
  url: string;
  /** An API key; without one, in a browser, its session counts. */
  apiKey?: string;
}

/** Calls the console's API with the types of its routes: `client.strategy[':id'].toggle.$post(…)`. */
export function createClient({ url, apiKey }: ClientOptions) {
  return hc<ConsoleRoutes>(url, {
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
  });
}

/** What the console answers instead of what was asked for. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly details: ErrorBody['details'];

  constructor({ code, error, details }: ErrorBody) {
    super(error);
    this.code = code;
    this.details = details;
  }
}

interface Answer {
  json(): Promise<unknown>;
}

type DataIn<Body> = Body extends { status: 'success'; data: infer Data } ? Data : never;

/** The data of a success. @throws ApiError */
export async function dataIn<From extends Answer>(
  answer: From,
): Promise<DataIn<Awaited<ReturnType<From['json']>>>> {
  const body = (await answer.json()) as ErrorBody | { status: 'success'; data: never };
  if (body.status === 'error') throw new ApiError(body);
  return body.data;
}

type RowOf<Body> = Body extends { status: 'success'; data: (infer Row)[]; next: string | null }
  ? Row
  : never;

export interface Page<Row> {
  rows: Row[];
  /** Where the next one begins; null: this is the last. */
  next: string | null;
}

/** A page of a list that goes on. @throws ApiError */
export async function pageIn<From extends Answer>(
  answer: From,
): Promise<Page<RowOf<Awaited<ReturnType<From['json']>>>>> {
  const body = (await answer.json()) as
    | ErrorBody
    | { status: 'success'; data: never[]; next: string | null };
  if (body.status === 'error') throw new ApiError(body);
  return { rows: body.data, next: body.next };
}
