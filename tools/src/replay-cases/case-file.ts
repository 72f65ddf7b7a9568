import { readFile } from 'node:fs/promises';
import { exchanges, products } from '@orderlane/domain/instrument';
import { platforms, tradingModes } from '@orderlane/domain/strategy';
import { z } from 'zod';

const mappingSchema = z.object({
  signal_symbol: z.string(),
  symbol: z.string(),
  exchange: z.enum(exchanges),
  product_type: z.enum(products),
  quantity: z.number().int().nullable().default(null),
});

const caseSchema = z.object({
  name: z.string(),
  strategy: z.object({
    platform: z.enum(platforms),
    name: z.string(),
    is_active: z.boolean(),
    trading_mode: z.enum(tradingModes).nullable(),
    is_intraday: z.boolean(),
    start_time: z.string().nullable(),
    end_time: z.string().nullable(),
    squareoff_time: z.string().nullable(),
    mappings: z.array(mappingSchema),
    /** No strategy has the webhook id that is called. */
    missing: z.boolean().default(false),
    /** The strategy's owner has no account. */
    no_api_key: z.boolean().default(false),
  }),
  /** `HH:MM` or `HH:MM:SS` on Tuesday 10 February 2026. */
  now_ist: z.string(),
  request: z.object({
    content_type: z.string(),
    body: z.unknown(),
    /** The exact bytes, where a body cannot express them. */
    raw: z.string().optional(),
  }),
  expect: z.object({
    http_status: z.number(),
    outcome: z.enum(['queued', 'rejected']),
    orders: z.array(z.object({ queue: z.string(), payload: z.record(z.string(), z.string()) })),
    error_contains: z.string().optional(),
    /** Of the answer, or of its first refusal where nothing is wrong. */
    code: z.string().optional(),
  }),
});

export type Case = z.infer<typeof caseSchema>;

/** @throws with every fault of the file's shape. */
export async function readCases(file: string): Promise<Case[]> {
  const parsed = z.array(caseSchema).safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`${file} is no file of cases:\n${z.prettifyError(parsed.error)}`);
}
