import type { SaveIssue } from '@orderlane/domain/save-issue';
import type { OpenAlgoClient } from '@orderlane/openalgo/client';
import { atMapping, type MappingToAdd } from './mapping-to-add.ts';

type LotSource = Pick<OpenAlgoClient, 'symbol'>;

/** More symbols than this are not asked for: a person waits. */
const askedAtMost = 50;
const atOnce = 5;

export interface CheckedLots {
  issues: SaveIssue[];
  warnings: SaveIssue[];
}

/**
 * Holds quantities against the lot sizes that the account's OpenAlgo knows. Shares have none. What it
 * does not answer, or does not know, is only doubtful: its list of symbols is not always loaded.
 */
export async function checkLots(
  client: LotSource,
  mappings: readonly MappingToAdd[],
): Promise<CheckedLots> {
  const derivatives = [...mappings.entries()].filter(
    ([, { exchange, symbol }]) => exchange !== 'NSE' && exchange !== 'BSE' && symbol !== '*',
  );
  const checked: CheckedLots = { issues: [], warnings: [] };
  const asked = derivatives.slice(0, askedAtMost);
  for (let from = 0; from < asked.length; from += atOnce) {
    const some = asked.slice(from, from + atOnce);
    await Promise.all(
      some.map(async ([index, mapping]) => await checkOne({ client, checked }, { index, mapping })),
    );
  }
  const unasked = derivatives.length - asked.length;
  if (unasked > 0) {
    const text = `The lot sizes of ${unasked} further mappings were not checked`;
    checked.warnings.push({ field: 'quantity', text });
  }
  return checked;
}

async function checkOne(
  { client, checked }: { client: LotSource; checked: CheckedLots },
  { index, mapping }: { index: number; mapping: MappingToAdd },
): Promise<void> {
  const { symbol, exchange, quantity, multiplier } = mapping;
  const reply = await client.symbol({ symbol, exchange });
  if (reply.kind !== 'success') {
    const text = `OpenAlgo does not tell the lot size of ${symbol}: ${reply.reason}`;
    checked.warnings.push(atMapping(mapping, index, { field: 'symbol', text }));
    return;
  }
  const { lotSize } = reply.value;
  if (lotSize === null || lotSize <= 1) return;
  for (const [field, units] of Object.entries({ quantity, multiplier })) {
    if (units === null || units % lotSize === 0) continue;
    const text = `${field} ${units} is no multiple of the lot size ${lotSize} of ${symbol}`;
    checked.issues.push(atMapping(mapping, index, { field, text }));
  }
}
