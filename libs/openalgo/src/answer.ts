/** What one HTTP call came to, before anything is made of it. */
export type Answer =
  | { kind: 'answered'; httpStatus: number; body: string }
  | { kind: 'failed'; stage: FailedStage; reason: string };

export type FailedStage =
  /** The send window was over before the request was written: nothing left this process. */
  | 'too_late'
  /** No connection took the request: nothing left this process. */
  | 'before_write'
  /** Bytes may have left: whatever happened afterwards, OpenAlgo may have read the request. */
  | 'after_write';

/** One call with its instants (this process's wall clock). */
export interface CallRecord {
  answer: Answer;
  startedAt: Date;
  /** When the request was handed to a connection; null: it never was. */
  sentAt: Date | null;
  /** When the whole answer had been read; null: it never was. */
  answeredAt: Date | null;
}
