import type { ChainFlaw } from '@orderlane/db/chain-flaws';
import type { EventFlaw } from '@orderlane/db/event-check';
import { count } from '@orderlane/manage/brake-words';
import type { Verification } from './commands/verify-audit.ts';
import { formatInstant } from './instant.ts';

const shownAtMost = 20;

/** What was found in the audit log, in lines. */
export function describeAudit({
  rows,
  head,
  pruned,
  flaws,
  rewritten,
}: Verification['audit']): string[] {
  const name = 'Audit log';
  return [
    `${name}: ${count(rows, 'row')}${isWhole(flaws.length, rewritten)}; newest: ${head.seq} ${head.hash}`,
    ...shown(flaws.map((flaw) => `${name}: ${describeFlaw(flaw, 'row')}`)),
    ...(rewritten ? [`${name}: ${wasRewritten}`] : []),
    ...(pruned ? [`${pruned.by} deleted what was older, last on ${formatInstant(pruned.at)}`] : []),
  ];
}

/** What was found in the moves of orders and their seals, in lines. */
export function describeOrderEvents(events: Verification['events']): string[] {
  const { rows, seals, head, flaws, sealFlaws, rewritten } = events;
  const name = 'Moves of orders';
  const flawCount = flaws.length + sealFlaws.length;
  return [
    `${name}: ${rows} in ${count(seals, 'seal')}${isWhole(flawCount, rewritten)}; newest seal: ${head.seq} ${head.hash}`,
    ...shown(sealFlaws.map((flaw) => `${name}: ${describeFlaw(flaw, 'seal')}`)),
    ...shown(flaws.map((flaw) => `${name}: ${describeEventFlaw(flaw)}`)),
    ...(rewritten ? [`${name}: ${wasRewritten}`] : []),
    ...describeUnsealed(events),
  ];
}

const wasRewritten =
  'the newest one of the earlier verification is not there any more: it was rewritten from some row on, or this is another database';

function isWhole(flaws: number, rewritten: boolean): string {
  return flaws === 0 && !rewritten ? ', all as they were written' : '';
}

/** They are not known to be as they were written; a scheduler that runs seals them within a minute or two. */
function describeUnsealed({ unsealed, unsealedSince }: Verification['events']): string[] {
  if (unsealed === 0 || unsealedSince === null) return [];
  const what = count(unsealed, 'move is', 'moves are');
  return [`${what} not sealed yet, since ${formatInstant(unsealedSince)}: a scheduler does that`];
}

function shown(lines: string[]): string[] {
  const more = lines.length - shownAtMost;
  return more > 0 ? [...lines.slice(0, shownAtMost), `and ${more} more: see --json`] : lines;
}

function describeFlaw(flaw: ChainFlaw, one: 'row' | 'seal'): string {
  switch (flaw.kind) {
    case 'changed':
      return `${one} ${flaw.seq} was changed`;
    case 'inserted':
      return `${one} ${flaw.seq} was put in`;
    case 'removed':
      return flaw.seq === flaw.upTo
        ? `${one} ${flaw.seq} is gone`
        : `${one}s ${flaw.seq} to ${flaw.upTo} are gone`;
    case 'moved':
      return `${one} ${flaw.seq} stands at ${flaw.now}`;
  }
}

function describeEventFlaw(flaw: EventFlaw): string {
  switch (flaw.kind) {
    case 'changed':
      return `row ${flaw.seq} (seal ${flaw.seal}) was changed`;
    case 'inserted':
      return `row ${flaw.seq} was put in`;
    case 'removed':
      return `row ${flaw.seq} (seal ${flaw.seal}) is gone`;
    case 'moved':
      return `row ${flaw.seq} (seal ${flaw.seal}) stands at ${flaw.now}`;
  }
}
