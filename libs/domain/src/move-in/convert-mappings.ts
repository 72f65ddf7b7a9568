import { checkMapping } from '../check-mapping.ts';
import { checkStrategy, type StrategyDraft } from '../check-strategy.ts';
import type { Mapping } from '../mapping.ts';
import { parseWholeNumber } from '../whole-number.ts';
import type { OpenAlgoMapping } from './openalgo-strategy.ts';

export type NewMapping = Omit<Mapping, 'id'>;

export interface ConvertedMappings {
  mappings: NewMapping[];
  /** Each that cannot be taken, with why. */
  refused: string[];
}

/** The mappings that may be stored, the first of each symbol, as OpenAlgo looks them up. */
export function convertMappings(mappings: readonly OpenAlgoMapping[]): ConvertedMappings {
  const taken = new Map<string, NewMapping>();
  const refused: string[] = [];
  for (const mapping of mappings) {
    const checked = checkMapping(toDraft(mapping));
    const symbol = mapping.symbol?.trim() || 'without a symbol';
    if (!checked.ok) {
      refused.push(`mapping ${symbol}: ${checked.issues.map(({ text }) => text).join('; ')}`);
    } else if (taken.has(checked.mapping.signalSymbol)) {
      refused.push(`mapping ${symbol}: it is there twice, the first one counts`);
    } else {
      taken.set(checked.mapping.signalSymbol, checked.mapping);
    }
  }
  return { mappings: [...taken.values()], refused };
}

function toDraft({ symbol, exchange, quantity, product }: OpenAlgoMapping) {
  return {
    signalSymbol: symbol ?? '',
    symbol: symbol ?? '',
    exchange: exchange ?? '',
    product: product ?? '',
    // OpenAlgo orders the mapping's quantity: one without is no mapping.
    quantity: parseWholeNumber(quantity ?? '') ?? Number.NaN,
  };
}

/** Takes out what the strategy cannot have, such as CNC where it may go short. */
export function keepFitting(
  draft: StrategyDraft,
  today: Temporal.PlainDate,
): { mappings: Mapping[]; refused: string[] } {
  const mappings: Mapping[] = [];
  const refused: string[] = [];
  for (const mapping of draft.mappings) {
    const { issues } = checkStrategy({ ...draft, mappings: [mapping] }, today);
    const own = issues.filter(({ field }) => field === 'mappings').map(({ text }) => text);
    if (own.length === 0) mappings.push(mapping);
    else refused.push(`mapping ${own.join('; ')}`);
  }
  return { mappings, refused };
}
