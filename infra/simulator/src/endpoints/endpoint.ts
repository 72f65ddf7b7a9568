import { type Answer, failure, internalServerError } from '../answer.ts';
import type { CallContext, World } from '../calls/call-context.ts';
import type { LimitName } from '../limits/limiter.ts';
import type { Data, Schema } from '../schema/load.ts';

/** How an endpoint tells of a bad body: with a Python dict in a text, or with a JSON object. */
export type SchemaErrors =
  /** A text; placeorder and the analyzer never add `mode`. */
  | 'text'
  /** A text, with `mode` in analyzer mode. */
  | 'text_with_mode'
  | 'object';

/** One path of OpenAlgo's API. */
export type Endpoint = EndpointRules & (ForAccount | ForAnyone);

interface EndpointRules {
  readonly schema: Schema;
  readonly limit: LimitName;
  readonly schemaErrors: SchemaErrors;
  /** When the body is not said to be JSON: the handler fails before it has read anything. */
  readonly withoutJson: Answer;
  /** Orders wait in the Action Center in semi-auto mode, before the key's session is looked at. */
  readonly queued?: true;
  /** Refused in semi-auto mode when live. */
  readonly semiAutoRefusal?: string;
  /** What the service checks before it looks at the key. */
  readonly refuseEarly?: (data: Data) => Answer | undefined;
}

interface ForAccount {
  /** A key with a live broker session, or a key alone. */
  readonly access: 'session' | 'key';
  readonly handle: (world: World, context: CallContext) => Answer;
}

interface ForAnyone {
  /** A key must be there, but nobody looks at it. */
  readonly access: 'anyone';
  readonly handle: (world: World, data: Data) => Answer;
}

/** The handler caught the failure itself. */
export const caughtByOrderHandler = failure(
  500,
  'An unexpected error occurred in the API endpoint',
);
export const caughtByReadHandler = failure(500, 'An unexpected error occurred');
/** The handler failed again while it handled the failure. */
export const uncaught = internalServerError;
