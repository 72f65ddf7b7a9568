import type { ListedClosing } from '@orderlane/db/closing-list';
import type { ListedSquareOff } from '@orderlane/db/square-off-list';
import type { ToldAlert } from '@orderlane/db/told-alerts';

function toldData(told: readonly ToldAlert[]) {
  return told.map(({ code, text, at, sentTo }) => ({ code, text, at, sent_to: sentTo }));
}

/** A closing as programs get it, with what was told of it. */
export function closingRowData(row: ListedClosing, told: readonly ToldAlert[] = []) {
  const { id, strategyId: strategy_id, strategyName: strategy, exchange, symbol, product } = row;
  const { cause, status, scope, mode, target, attempts, reason } = row;
  const { opened_at, closes_at, ended_at, detail } = row;
  return {
    ...{ id, strategy_id, strategy, exchange, symbol, product, cause, status, scope, mode, target },
    ...{ attempts, reason, opened_at, closes_at: endOf(closes_at), ended_at, detail },
    told: toldData(told),
  };
}

/** One of before the closes were known has none. */
function endOf(closesAt: Date | number): Date | null {
  return closesAt instanceof Date ? closesAt : null;
}

/** A square-off as programs get it. */
export function squareOffRowData(row: ListedSquareOff, told: readonly ToldAlert[] = []) {
  const { id, strategy_id, strategyName: strategy, session_date, run, due_time, status } = row;
  const { exits, detail, created_at, ended_at } = row;
  return {
    ...{ id, strategy_id, strategy, session_date, run, due_time, status },
    ...{ exits, closings_open: row.closingsOpen, closings_failed: row.closingsFailed },
    ...{ preflight: row.found, detail, created_at, ended_at },
    told: toldData(told),
  };
}
