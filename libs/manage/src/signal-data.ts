import { refusedOf, type SignalToShow } from '@orderlane/db/signals';

/** A signal in a list, as programs get it. */
export function signalData(row: SignalToShow) {
  return {
    id: row.id,
    strategy_id: row.strategyId,
    strategy: row.strategyName,
    received_at: row.receivedAt,
    verdict: row.verdict,
    code: row.code,
    http_status: row.httpStatus,
    refused: refusedOf(row.answer),
  };
}
