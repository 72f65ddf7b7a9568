import type { AccountId } from './ids.ts';
import { instrumentKey } from './instrument.ts';
import { anySymbol, bareSymbol, findMapping, type Mapping } from './mapping.ts';
import { type Place, placeOnly } from './place.ts';

/**
 * Leads a signal's symbol to what was built before its mapping, or the strategy's account, was changed:
 * for exits alone, and until nothing is held there any more.
 */
export interface FormerMapping extends Place {
  /** As the sender writes it, upper-cased. */
  signalSymbol: string;
  /** Of the mapping that it was: see `Mapping`. */
  multiplier: number | null;
}

/** Where a strategy's signals lead. */
export interface Reach {
  accountId: AccountId | null;
  mappings: readonly Mapping[];
}

/** The former mappings that a signal's symbol names: as sent, and without a prefix such as `NSE:`. */
export function findFormer(former: readonly FormerMapping[], symbol: string): FormerMapping[] {
  const names = [symbol, bareSymbol(symbol)];
  return former.filter(({ signalSymbol }) => names.includes(signalSymbol));
}

/**
 * What a change takes the signals away from: each symbol that led to one of these places before it and
 * does not after it. Kept as former mappings, exits go on reaching the instrument and account that
 * built the position.
 */
export function orphanedBy(
  { before, after }: { before: Reach; after: Reach },
  held: readonly Place[],
): FormerMapping[] {
  return held.flatMap((place) =>
    symbolsOf(before, place).flatMap((signalSymbol) => {
      const mapping = reaching(before, { signalSymbol, place });
      if (mapping === undefined || reaching(after, { signalSymbol, place })) return [];
      return [{ ...placeOnly(place), signalSymbol, multiplier: mapping.multiplier }];
    }),
  );
}

/** Whether a mapping means the instrument; `*` means every one of its exchange and product. */
export function covers(
  mapping: Mapping,
  { exchange, symbol, product }: { exchange: string; symbol: string; product: string },
): boolean {
  if (mapping.exchange !== exchange || mapping.product !== product) return false;
  return mapping.signalSymbol === anySymbol || mapping.symbol === symbol;
}

/** The symbols by which senders may mean it; for `*` that is the instrument's own. */
function symbolsOf({ mappings }: Reach, place: Place): string[] {
  const names = mappings
    .filter((mapping) => covers(mapping, place))
    .map(({ signalSymbol }) => (signalSymbol === anySymbol ? place.symbol : signalSymbol));
  return [...new Set(names)];
}

/** The mapping by which a symbol leads to the place, if one does. */
function reaching(
  { accountId, mappings }: Reach,
  { signalSymbol, place }: { signalSymbol: string; place: Place },
): Mapping | undefined {
  const found = accountId === place.accountId ? findMapping(mappings, signalSymbol) : undefined;
  const isThere = found !== undefined && instrumentKey(found.instrument) === instrumentKey(place);
  return isThere ? found.mapping : undefined;
}
