import type { DueAlert } from '@orderlane/db/alert-outbox';
import type { RefusalCode } from '@orderlane/domain/refusal';

/** One message to people or to a program: one alert, or several of one code. */
export interface AlertMessage {
  code: RefusalCode;
  /** For people: what happened, to whom, and what to do. */
  text: string;
  /** What a person does about it. */
  cure: string;
  /** Every alert that it stands for. */
  alerts: readonly MessageAlert[];
}

/** An alert as a message carries it; `id` is null for what was never in the database. */
export type MessageAlert = Omit<DueAlert, 'id' | 'isRefused' | 'attempts' | 'isExit'> & {
  id: number | null;
};

/** What became of one message. */
export type Sending =
  | { kind: 'sent' }
  | {
      kind: 'failed';
      /** For the log: never an address or a token, both may be secrets. */
      error: string;
      /** The target is fine, this message is not: others may pass. */
      isRefused: boolean;
      /** What the target asked for (ms). */
      retryAfterMs: number;
    };

/** Where alerts go. */
export interface AlertTarget {
  /** `telegram`, `webhook`, `email` */
  name: string;
  /** Sends one message within the time it is given. Never throws. */
  send(message: AlertMessage): Promise<Sending>;
}
