import { canonicalJson } from './canonical-json.ts';
import { type BodyFields, parseBody } from './parse-body.ts';
import { parseScan } from './parse-chartink.ts';
import { refuse } from './refusal.ts';
import {
  type OrderSignal,
  type ParseResult,
  type SaidField,
  type SignalSymbol,
  saidFields,
} from './signal.ts';
import type { Platform } from './strategy.ts';
import { fieldOf, textField, trimmed } from './text-field.ts';
import { parseWholeNumber } from './whole-number.ts';

export interface WebhookCall {
  body: Uint8Array;
  /** The `Idempotency-Key` header. */
  idempotencyKey?: string | null | undefined;
  /** The platform of the strategy that was called. */
  platform: Platform;
}

/**
 * Reads a webhook's body. A body with `stocks` is ChartInk's on either path, and a ChartInk
 * strategy takes nothing else. Never throws, whatever the bytes.
 */
export function parseSignal(call: WebhookCall): ParseResult {
  const body = parseBody(call.body);
  if (!body.ok) return body;
  const key = keyOf(body.fields, call.idempotencyKey);
  if (key === 'bad') return badField('The key of the signal is not a text, or too long');
  if (call.platform === 'chartink' || Object.hasOwn(body.fields, 'stocks')) {
    return parseScan(body.fields, key);
  }
  return parseOrder(body.fields, key);
}

function parseOrder(fields: BodyFields, key: string | null): ParseResult {
  const symbol = textField(fields, 'symbol');
  const action = textField(fields, 'action');
  if (symbol === 'bad') return badField('symbol is not a text, or too long');
  if (action === 'bad') return badField('action is not a text, or too long');
  const positionSize = parsePositionSize(fields);
  if (positionSize === undefined) return badNumber('position_size is not a whole number');
  const signal: OrderSignal = {
    kind: 'order',
    symbol: symbol === undefined ? symbolOfNull(fields) : symbolOf(symbol.text, fields),
    action: trimmed(action)?.toUpperCase() ?? null,
    positionSize,
    quantity: parseQuantity(fields),
    said: saidOf(fields),
    key,
  };
  return { ok: true, signal };
}

function symbolOf(symbolAsSent: string, fields: BodyFields): SignalSymbol {
  const symbol = symbolAsSent.trim().toUpperCase();
  return { symbol, symbolAsSent, content: canonicalJson(fields) };
}

/** OpenAlgo counts a symbol of null as sent, and finds no mapping for it. */
function symbolOfNull(fields: BodyFields): OrderSignal['symbol'] {
  if (!Object.hasOwn(fields, 'symbol')) return null;
  return { ...symbolOf('', fields), symbolAsSent: 'null' };
}

function parsePositionSize(fields: BodyFields): number | null | undefined {
  return Object.hasOwn(fields, 'position_size') ? parseWholeNumber(fields['position_size']) : null;
}

/** Not refused here: it matters only where the mapping has no quantity. */
function parseQuantity(fields: BodyFields): number | 'bad' | null {
  const sent = fieldOf(fields, 'quantity');
  if (sent === undefined || sent === null) return null;
  const quantity = parseWholeNumber(sent);
  return quantity !== undefined && quantity > 0 ? quantity : 'bad';
}

function saidOf(fields: BodyFields): OrderSignal['said'] {
  const said: Partial<Record<SaidField, string>> = {};
  for (const name of saidFields) {
    const field = textField(fields, name) ?? (name === 'product' ? productType(fields) : undefined);
    if (field !== undefined && field !== 'bad') said[name] = field.text.trim();
  }
  return said;
}

function productType(fields: BodyFields) {
  return textField(fields, 'product_type');
}

/** The first of header, `signal_id`, `alert_id` that is not empty. */
function keyOf(fields: BodyFields, header: string | null | undefined): string | 'bad' | null {
  const sources = [
    textField({ header: header?.replace(/^"(.*)"$/, '$1') }, 'header'),
    textField(fields, 'signal_id'),
    textField(fields, 'alert_id'),
  ];
  for (const source of sources) {
    if (source === 'bad') return 'bad';
    const key = trimmed(source);
    if (key !== null && key !== '') return key;
  }
  return null;
}

function badField(text: string): ParseResult {
  return { ok: false, refusal: refuse('bad_field', { text }) };
}

function badNumber(text: string): ParseResult {
  return { ok: false, refusal: refuse('bad_number', { text }) };
}
