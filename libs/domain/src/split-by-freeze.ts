/**
 * The quantities of the orders that a quantity is split into, so that none is above the exchange's
 * freeze quantity; each but the last is as large as it may be, in whole lots. Without a freeze
 * quantity that makes sense (OpenAlgo says 1 where it knows none) the quantity stays whole.
 * @param quantity shares or units, above 0; else there is nothing to order
 * @param lotSize orders of derivatives are whole lots: a part never breaks one
 */
export function splitByFreeze(
  quantity: number,
  freezeQuantity: number | null,
  lotSize: number | null = null,
): number[] {
  if (!(quantity > 0)) return [];
  const most = largestPart(freezeQuantity, lotSize);
  if (most === undefined || quantity <= most) return [quantity];
  const full = Math.floor(quantity / most);
  const rest = quantity - full * most;
  return [...Array.from({ length: full }, () => most), ...(rest > 0 ? [rest] : [])];
}

/** Undefined: no freeze quantity is known. */
function largestPart(freezeQuantity: number | null, lotSize: number | null): number | undefined {
  if (freezeQuantity === null || !isWhole(freezeQuantity) || freezeQuantity < 2) return undefined;
  const lot = lotSize !== null && isWhole(lotSize) && lotSize > 1 ? lotSize : 1;
  const most = Math.floor(freezeQuantity / lot) * lot;
  return most > 0 ? most : undefined;
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value);
}
