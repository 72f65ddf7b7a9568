import { type Exchange, exchanges, type Product, products } from './instrument.ts';
import { anySymbol, isOpenAlgoSymbol, type Mapping } from './mapping.ts';
import { productsOf } from './product-rules.ts';
import type { SaveIssue } from './save-issue.ts';
import { largestQuantity } from './whole-number.ts';

/** Above every lot that is traded. */
const largestMultiplier = 100_000;

/** NUL, which no database keeps, and the like. */
const unseen = /[^\P{Cc}\n\t]/u;

/** A mapping as a form or a line of CSV has it. */
export interface MappingDraft {
  signalSymbol: string;
  /** May be empty for `*`. */
  symbol: string;
  exchange: string;
  product: string;
  /** Null: the signal's own quantity. */
  quantity: number | null;
  /** Left out: one. */
  multiplier?: number | null;
}

export type CheckedMapping =
  | { ok: true; mapping: Omit<Mapping, 'id'> }
  | { ok: false; issues: readonly SaveIssue[] };

/** A mapping ready to be stored, trimmed and upper-cased, or everything that is wrong with it. */
export function checkMapping(draft: MappingDraft): CheckedMapping {
  const signalSymbol = draft.signalSymbol.trim().toUpperCase();
  const { quantity, multiplier = null } = draft;
  const symbol = draft.symbol.trim().toUpperCase() || (signalSymbol === anySymbol ? anySymbol : '');
  const exchange = exchanges.find((known) => known === draft.exchange.trim().toUpperCase());
  const product = products.find((known) => known === draft.product.trim().toUpperCase());
  const issues = [
    ...checkSymbols(signalSymbol, symbol),
    ...(exchange === undefined ? [issue('exchange', `Invalid exchange: ${draft.exchange}`)] : []),
    ...(product === undefined ? [issue('product', `Invalid product: ${draft.product}`)] : []),
    ...checkPair(exchange, product),
    ...checkQuantity(draft.quantity),
    ...checkMultiplier(draft),
  ];
  return exchange === undefined || product === undefined || issues.length > 0
    ? { ok: false, issues }
    : { ok: true, mapping: { signalSymbol, symbol, exchange, product, quantity, multiplier } };
}

function checkSymbols(signalSymbol: string, symbol: string): SaveIssue[] {
  const issues: SaveIssue[] = [];
  if (signalSymbol === '') issues.push(issue('signalSymbol', 'Symbol is required'));
  if (signalSymbol.length > 100) issues.push(issue('signalSymbol', 'Symbol is too long'));
  if (unseen.test(signalSymbol) || !signalSymbol.isWellFormed()) {
    issues.push(issue('signalSymbol', 'Symbol holds characters that cannot be seen'));
  }
  const isAny = signalSymbol === anySymbol && symbol === anySymbol;
  const isSymbol = isAny || isOpenAlgoSymbol(symbol);
  if (!isSymbol) issues.push(issue('symbol', `Invalid symbol: ${symbol}`));
  return issues;
}

function checkPair(exchange: Exchange | undefined, product: Product | undefined): SaveIssue[] {
  if (exchange === undefined || product === undefined) return [];
  const valid = productsOf(exchange);
  const text = `Product ${product} is not valid for ${exchange}: use ${valid.join(' or ')}`;
  return valid.includes(product) ? [] : [issue('product', text)];
}

function checkQuantity(quantity: number | null): SaveIssue[] {
  if (quantity === null) return [];
  if (!Number.isInteger(quantity)) return [issue('quantity', 'Quantity must be a valid number')];
  if (quantity <= 0) return [issue('quantity', 'Quantity must be greater than 0')];
  return quantity > largestQuantity ? [issue('quantity', 'Quantity is too large')] : [];
}

function checkMultiplier({ multiplier = null }: MappingDraft): SaveIssue[] {
  const isValid =
    multiplier === null ||
    (Number.isInteger(multiplier) && multiplier > 0 && multiplier <= largestMultiplier);
  const text = `Multiplier must be a whole number from 1 to ${largestMultiplier}`;
  return isValid ? [] : [issue('multiplier', text)];
}

function issue(field: keyof MappingDraft, text: string): SaveIssue {
  return { field, text };
}
