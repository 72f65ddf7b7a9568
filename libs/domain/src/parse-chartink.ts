import { canonicalJson } from './canonical-json.ts';
import type { BodyFields } from './parse-body.ts';
import { refuse } from './refusal.ts';
import type { ParseResult, ScanStock } from './signal.ts';
import { textField, trimmed } from './text-field.ts';

/** A whole body of names; the body itself is limited to 64 KiB. */
const longestList = 65_536;

/**
 * Reads ChartInk's body: `stocks` and `trigger_prices` are parallel lists with commas, blanks are
 * skipped, a stock that is named twice counts once.
 */
export function parseScan(fields: BodyFields, key: string | null): ParseResult {
  const scanName = textField(fields, 'scan_name');
  const stocks = textField(fields, 'stocks', longestList);
  if (scanName === 'bad') return badField('scan_name is not a text, or too long');
  if (stocks === 'bad') return badField('stocks is not a text with commas');
  const name = trimmed(scanName) ?? '';
  const prices = pricesOf(fields);
  const triggeredAt = fieldText(fields, 'triggered_at');
  const named = stocksOf(stocks?.text ?? '', prices).map((stock) => ({
    ...stock,
    content: canonicalJson([name, stock.symbol, stock.triggerPrice, triggeredAt]),
  }));
  return { ok: true, signal: { kind: 'scan', scanName: name, stocks: named, key } };
}

function stocksOf(list: string, prices: readonly string[]): Omit<ScanStock, 'content'>[] {
  const stocks = new Map<string, Omit<ScanStock, 'content'>>();
  for (const [index, name] of list.split(',').entries()) {
    const symbolAsSent = name.trim();
    const symbol = symbolAsSent.toUpperCase();
    if (symbol === '' || stocks.has(symbol)) continue;
    stocks.set(symbol, { symbol, symbolAsSent, triggerPrice: prices[index]?.trim() || null });
  }
  return [...stocks.values()];
}

function pricesOf(fields: BodyFields): string[] {
  const prices = textField(fields, 'trigger_prices', longestList);
  return prices === undefined || prices === 'bad' ? [] : prices.text.split(',');
}

function fieldText(fields: BodyFields, name: string): string | null {
  const field = textField(fields, name);
  return field === undefined || field === 'bad' ? null : field.text;
}

function badField(text: string): ParseResult {
  return { ok: false, refusal: refuse('bad_field', { text }) };
}
