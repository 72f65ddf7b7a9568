import { instrumentKey } from '@orderlane/domain/instrument';
import type { PreviewedExit, SquareOffPreview } from '@orderlane/manage/preview-square-off';
import { type Column, formatTable } from './table.ts';

const columns: Column<PreviewedExit>[] = [
  { title: 'INSTRUMENT', of: ({ instrument }) => instrumentKey(instrument), shrinks: true },
  { title: 'ACCOUNT', of: ({ account }) => account, shrinks: true },
  { title: 'OWN', of: ({ own }) => own },
  { title: 'COMING', of: ({ coming }) => coming },
  { title: 'EXIT', of: orderOf },
  { title: 'WHY', of: ({ why }) => why },
];

/** A preview as people get it. */
export function previewText(preview: SquareOffPreview): string {
  return [...heading(preview), ...closes(preview), ...inTheWay(preview), ...lastOne(preview)].join(
    '\n',
  );
}

function heading({ strategy, next }: SquareOffPreview): string[] {
  const { name, isIntraday, squareoffTime } = strategy;
  if (!isIntraday) return [`"${name}" is positional: it is never squared off`];
  if (next === undefined) return [`"${name}": none of its exchanges opens within two weeks`];
  const time = clockOf(next.dueAt);
  const why =
    next.rule === 'set_time'
      ? 'as it is set'
      : `its time ${squareoffTime} comes after the close of a short session`;
  const until = clockOf(next.closesAt);
  return [`Square-off of "${name}" on ${next.sessionDate} at ${time} (${why}), until ${until}`];
}

function closes({ strategy, next, exits, watched }: SquareOffPreview): string[] {
  if (next === undefined) return [];
  const whose =
    strategy.positionScope === 'strategy'
      ? 'It closes what the strategy itself holds (position scope strategy)'
      : 'It closes all that the account holds of these (position scope account)';
  const also = watched.map(({ exchange, symbol, product, signalSymbol }) =>
    signalSymbol === '*'
      ? `every ${product} of ${exchange}`
      : instrumentKey({ exchange, symbol, product }),
  );
  return [
    ...(exits.length === 0 ? ['Nothing to close as things are now'] : [whose]),
    ...(exits.length === 0 ? [] : [formatTable(columns, exits)]),
    ...(also.length === 0
      ? []
      : [`Closed as well if the account shows them open: ${also.join(', ')}`]),
  ];
}

function inTheWay({ next, obstacles }: SquareOffPreview): string[] {
  if (next === undefined) return [];
  if (obstacles.length === 0) return ['Nothing stands in the way'];
  return ['In the way:', ...obstacles.map(({ code, text }) => `  ${code}: ${text}`)];
}

function lastOne({ last }: SquareOffPreview): string[] {
  if (last === undefined) return [];
  const { session_date: date, due_time: time, status, exits } = last;
  return [`The last one: ${date} ${time}, ${status}, ${exits} ${exits === 1 ? 'exit' : 'exits'}`];
}

function orderOf({ action, quantity, heldUntil, waitsForMode }: PreviewedExit): string {
  const held = heldUntil === null ? '' : ` at ${clockOf(heldUntil)}`;
  const waits = waitsForMode === null ? '' : ` in mode ${waitsForMode}`;
  return `${action} ${quantity ?? 'all'}${held}${waits}`;
}

function clockOf(at: Temporal.ZonedDateTime): string {
  return at.toPlainTime().toString({ smallestUnit: 'minute' });
}
