import { type RefusalCode, refusalCodes } from '@orderlane/domain/refusal';
import type { PreviewedExit, SquareOffPreview } from './preview-square-off.ts';

/** A preview as programs get it. */
export function previewData({ strategy, next, last, ...preview }: SquareOffPreview) {
  return {
    ...{ strategy_id: strategy.id, strategy: strategy.name, is_intraday: strategy.isIntraday },
    square_off:
      next === undefined
        ? null
        : {
            session_date: next.sessionDate.toString(),
            due_at: instantOf(next.dueAt),
            closes_at: instantOf(next.closesAt),
            rule: next.rule,
            squareoff_time: strategy.squareoffTime,
            position_scope: strategy.positionScope,
          },
    exits: preview.exits.map(exitData),
    also_if_open: preview.watched.map(({ exchange, symbol, product, signalSymbol }) => ({
      ...{ exchange, product, symbol: signalSymbol === '*' ? '*' : symbol },
    })),
    too_late: [...preview.tooLate],
    obstacles: preview.obstacles.map(({ code, accountId, text }) => ({
      ...{ code, account_id: accountId, text, cure: cureOf(code) },
    })),
    last:
      last === undefined
        ? null
        : {
            ...{ id: last.id, session_date: last.session_date, run: last.run },
            ...{ due_time: last.due_time, status: last.status, exits: last.exits },
          },
  };
}

/** An instant with the offset of Asia/Kolkata. */
function instantOf(at: Temporal.ZonedDateTime): string {
  return at.toString({ timeZoneName: 'never', smallestUnit: 'second' });
}

function exitData(exit: PreviewedExit) {
  const { accountId, account, instrument, lane, action, quantity, own, coming, why } = exit;
  return {
    ...{ account_id: accountId, account, ...instrument, lane, action, quantity, own, coming, why },
    waits_for_mode: exit.waitsForMode,
    held_until: exit.heldUntil === null ? null : instantOf(exit.heldUntil),
  };
}

function cureOf(code: RefusalCode): string {
  return refusalCodes[code].cure;
}
