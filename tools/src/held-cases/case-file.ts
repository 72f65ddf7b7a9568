import { readFile } from 'node:fs/promises';
import { brakeKinds } from '@orderlane/domain/brakes';
import { exchanges, products } from '@orderlane/domain/instrument';
import { lanes } from '@orderlane/domain/lane';
import { actions } from '@orderlane/domain/order-plan';
import {
  chartinkActions,
  platforms,
  positionScopes,
  tradingModes,
} from '@orderlane/domain/strategy';
import { z } from 'zod';

const quantity = z.number().int();

const instrument = { exchange: z.enum(exchanges), symbol: z.string(), product: z.enum(products) };

const mappingSchema = z.strictObject({
  signal_symbol: z.string(),
  symbol: z.string(),
  exchange: z.enum(exchanges),
  product_type: z.enum(products),
  quantity: quantity.nullable(),
});

const sbin = {
  signal_symbol: 'SBIN',
  symbol: 'SBIN',
  exchange: 'NSE',
  product_type: 'MIS',
  quantity: 10,
} as const;

/** A row of the account's position book or of its holdings, signed. */
const accountRow = z.strictObject({ ...instrument, quantity });

/** What is left out is as a plain strategy of TradingView has it, at 10:00 on a day of trading. */
const caseSchema = z.strictObject({
  name: z.string(),
  strategy: z.strictObject({
    platform: z.enum(platforms).default('tradingview'),
    trading_mode: z.enum(tradingModes).nullable(),
    position_scope: z.enum(positionScopes),
    is_intraday: z.boolean().default(true),
    start_time: z.string().nullable().default('09:20'),
    end_time: z.string().nullable().default('15:00'),
    squareoff_time: z.string().nullable().default('15:10'),
    chartink_action: z.enum(chartinkActions).nullable().default(null),
    max_quantity: quantity.nullable().default(null),
    max_entries: quantity.nullable().default(null),
    mappings: z.array(mappingSchema).default([sbin]),
  }),
  /** `YYYY-MM-DDTHH:MM[:SS]` of Asia/Kolkata. */
  now_ist: z.string().default('2026-02-10T10:00'),
  /** What the strategy holds, and what its orders may still fill. */
  held: z
    .array(z.strictObject({ ...instrument, own: quantity, coming: quantity, entries: quantity }))
    .default([]),
  /** What the account holds, of this strategy, of others and by hand. */
  position_book: z.array(accountRow).default([]),
  /** CNC of earlier days. */
  holdings: z.array(accountRow).default([]),
  brakes: z.array(z.enum(brakeKinds)).default([]),
  square_off_began: z.boolean().default(false),
  entries_today: z.number().int().default(0),
  request: z.strictObject({ body: z.record(z.string(), z.unknown()) }),
  expect: z.strictObject({
    http_status: z.number().int(),
    orders: z.array(
      z.strictObject({
        symbol: z.string(),
        lane: z.enum(lanes),
        role: z.enum(['entry', 'exit']),
        action: z.enum(actions),
        /** 0 for what the claim computes from what has come by then, and for a smart exit. */
        quantity,
        /** `position_size` of a smart order. */
        target_position: quantity.nullable(),
        /** The own position that a regular order is to lead to; null: it is of its quantity. */
        own_target: quantity.nullable(),
      }),
    ),
    /** Codes, in the order of the answer. */
    refused: z.array(z.string()).default([]),
    /** What the account holds once these orders are filled, by OpenAlgo's rule; with holdings for CNC. */
    account_after: z.array(accountRow).default([]),
  }),
});

export type HeldCase = z.infer<typeof caseSchema>;

/** @throws with every fault of the file's shape. */
export async function readHeldCases(file: URL): Promise<HeldCase[]> {
  const parsed = z.array(caseSchema).safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`${file.pathname} is no file of cases:\n${z.prettifyError(parsed.error)}`);
}
