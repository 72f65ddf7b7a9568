/** What goes back to the caller: an HTTP status and a body, sent as JSON unless it is a text with a type of its own. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Set for a body that is sent as it is; without it the body is JSON. */
  readonly contentType?: string;
}

/** A 200 with `status: success` and these fields. */
export function success(fields: Record<string, unknown>): Answer {
  return { status: 200, body: { ...fields, status: 'success' } };
}

/** An error as OpenAlgo's services give it: `status` and `message`. */
export function failure(status: number, message: unknown): Answer {
  return { status, body: { status: 'error', message } };
}

/** The same from the analyzer's sandbox, which adds `mode`. */
export function sandboxFailure(status: number, message: string): Answer {
  return { status, body: { status: 'error', message, mode: 'analyze' } };
}

/** One text for an unknown key and for a broker session that is gone; they cannot be told apart. */
export const invalidKey: Answer = failure(403, 'Invalid openalgo apikey');

/** flask-restx's own answer when a handler failed while it handled a failure. */
export const internalServerError: Answer = {
  status: 500,
  body: { message: 'Internal Server Error' },
};
