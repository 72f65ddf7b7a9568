import type { WebhookId } from '@orderlane/domain/ids';
import type { Refusal } from '@orderlane/domain/refusal';
import type { RateVerdict } from '@orderlane/queue/rate-limit';
import type { Sender } from './check-sender.ts';

/** A body's bytes, or why they were not read. */
export type ReadBody = { ok: true; bytes: Buffer } | { ok: false; refusal: Refusal };

/** How much time is left until the answer must be out (ms); nothing may be stored after it. */
export type MsLeft = () => number;

/** A webhook as it came, read. */
export interface WebhookCall {
  webhookId: WebhookId;
  path: string;
  /** Null: a person who may do that says it, not a sender. */
  sender: Sender | null;
  contentType: string | null;
  idempotencyKey: string | null;
  /** Without the shared secret. */
  body: ReadBody;
  /** How the call stands to its webhook's rate limit. */
  rate: RateVerdict;
  /** When it was taken up, on the clock of performance.now() (ms). */
  takenAt: number;
  /** It did not come before this instant, on the clock of `waitedTooLong` (ms). */
  cameAfter: number;
  msLeft: MsLeft;
  /** For the signal's story. */
  note?: string;
}
