import type { Note } from './decision.ts';
import type { Mapping } from './mapping.ts';
import type { OrderSignal, SaidField } from './signal.ts';

/** What the body says against the mapping: the mapping decides, the story tells. */
export function ignoredNotes(signal: OrderSignal, mapping: Mapping): Note[] {
  const used: Record<SaidField, string | null> = {
    exchange: mapping.exchange,
    product: mapping.product,
    quantity: mapping.quantity === null ? null : String(mapping.quantity),
    pricetype: 'MARKET',
  };
  return Object.entries(signal.said).flatMap(([field, said]) => {
    const decided = used[field as SaidField];
    return decided === null || isSame(said, decided)
      ? []
      : [noteOf(signal, `${field} ${said} of the signal is ignored: ${decided} is used`)];
  });
}

function isSame(said: string, decided: string): boolean {
  const isNumber = said !== '' && Number(said) === Number(decided);
  return isNumber || said.toUpperCase() === decided;
}

function noteOf(signal: OrderSignal, text: string): Note {
  return { kind: 'ignored', symbol: signal.symbol?.symbol ?? '', text };
}
