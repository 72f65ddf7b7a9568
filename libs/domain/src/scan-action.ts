import { type Refusal, refuse } from './refusal.ts';
import { type ChartinkAction, chartinkActions } from './strategy.ts';

export type ScanAction = { ok: true; action: ChartinkAction } | { ok: false; refusal: Refusal };

/** Words that make a SHORT beside them mean a time or an event, not an action. */
const notShorting = new Set(['TERM', 'COVERING']);

/**
 * The action that a ChartInk scan's name states: exactly one of BUY, SELL, SHORT, COVER as a whole
 * word. Never what OpenAlgo would not have done with the same name: it looks for BUY, SELL, SHORT,
 * COVER in this order anywhere in the name, inside other words too; where that gives another
 * action ("Buyback SELL" is BUY there) the name is refused. Only the three phrases for covering a
 * short are read differently from OpenAlgo on purpose.
 */
export function scanActionOf(scanName: string): ScanAction {
  const name = scanName.toUpperCase();
  const words = withoutShortTerm(wordsOf(name));
  const { rest, covers } = takeCoverPhrases(words);
  const found = new Set(chartinkActions.filter((word) => rest.includes(word)));
  if (covers) found.add('COVER');
  const [action] = found;
  if (action === undefined) return { ok: false, refusal: refuse('no_action_keyword') };
  if (found.size > 1) return { ok: false, refusal: refuse('ambiguous_action') };
  return covers || action === openAlgoActionOf(name)
    ? { ok: true, action }
    : { ok: false, refusal: refuse('ambiguous_action') };
}

/** What OpenAlgo takes from a name, in upper case: the first of its words that is anywhere in it. */
export function openAlgoActionOf(name: string): ChartinkAction | undefined {
  return chartinkActions.find((action) => name.includes(action));
}

/** Punctuation stays as a word of its own: a phrase does not reach across it. */
function wordsOf(name: string): string[] {
  const spaced = name.replaceAll(/[,;:/|()&+.]+/g, ' | ');
  return spaced.split(/[^\p{L}\p{N}|]+/u).filter((word) => word !== '');
}

function withoutShortTerm(words: readonly string[]): string[] {
  return words.filter(
    (word, index) => word !== 'SHORT' || !notShorting.has(words[index + 1] ?? ''),
  );
}

/** Takes out `buy to cover`, `short cover` and `cover short`, which all mean COVER. */
function takeCoverPhrases(words: readonly string[]): { rest: string[]; covers: boolean } {
  const text = ` ${words.join('  ')} `;
  const rest = text
    .replaceAll(/ BUY {2}TO {2}COVER (?: SHORT )?/g, ' * ')
    .replaceAll(/ SHORT {2}COVER | COVER {2}SHORT /g, ' * ');
  return { rest: rest.split(' ').filter((word) => word !== ''), covers: rest.includes('*') };
}
