import { type Answer, failure, invalidKey, success } from '../answer.ts';
import { byKind, type FaultHandlers } from './by-kind.ts';
import type { Fault, FaultOf } from './fault.ts';
import { answerNow, type Reaction } from './reaction.ts';

/** What a fault makes of a call that never reaches OpenAlgo's handler; undefined when the call goes on. */
export function reactBefore(fault: Fault | undefined, endpoint: string): Reaction | undefined {
  return byKind(before, fault, endpoint);
}

const before: FaultHandlers<string, Reaction | undefined> = {
  hang: () => ({ kind: 'hang' }),
  reset_before: () => ({ kind: 'reset' }),
  close_without_answer: ({ executed }) => (executed === true ? undefined : { kind: 'close' }),
  html: (fault) => (fault.executed === true ? undefined : answerNow(htmlPage(fault))),
  error_500_before: ({ message }, endpoint) => answerNow(internalError(message, endpoint)),
  openalgo_429: ({ limit = '10 per 1 second' }) =>
    answerNow({ status: 429, body: { message: limit } }),
  invalid_key: () => answerNow(invalidKey),
};

/** What the broker answers in place of taking the order; undefined when it takes it. */
export function answerOfBroker(fault: Fault | undefined): Answer | undefined {
  return byKind(atBroker, fault, undefined);
}

const atBroker: FaultHandlers<undefined, Answer | undefined> = {
  broker_429: ({ message = 'Too many requests' }) => failure(429, message),
  null_order_id: ({ executed }) => (executed === true ? undefined : success({ orderid: null })),
};

/** What becomes of an answer that was made: lost, or turned into another. */
export function reactAfter(fault: Fault | undefined, endpoint: string, answer: Answer): Reaction {
  return byKind(after, fault, { endpoint, answer }) ?? answerNow(answer);
}

interface MadeAnswer {
  readonly endpoint: string;
  readonly answer: Answer;
}

const after: FaultHandlers<MadeAnswer, Reaction> = {
  reset_after: () => ({ kind: 'reset' }),
  close_without_answer: () => ({ kind: 'close' }),
  html: (fault) => answerNow(htmlPage(fault)),
  error_500_after: ({ message }, { endpoint }) => answerNow(internalError(message, endpoint)),
  // A broker that answers 201 with an order id: OpenAlgo reports it as an error.
  created_201: ({ message }, { endpoint, answer }) =>
    answerNow(
      hasOrderId(answer) ? failure(201, message ?? `Failed to place ${nameOf(endpoint)}`) : answer,
    ),
  null_order_id: (_fault, { answer }) =>
    answerNow(hasOrderId(answer) ? success({ orderid: null }) : answer),
};

/** The text of an adapter that failed on the way to the broker or back. */
function internalError(message: string | undefined, endpoint: string): Answer {
  const placing = endpoint === 'placeorder' || endpoint === 'placesmartorder';
  const text = `Failed to place ${nameOf(endpoint)} due to internal error`;
  return failure(500, message ?? (placing ? text : 'An unexpected error occurred'));
}

function nameOf(endpoint: string): string {
  return endpoint === 'placesmartorder' ? 'smart order' : 'order';
}

function htmlPage({ status = 502 }: FaultOf<'html'>): Answer {
  const body = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
  return { status, body, contentType: 'text/html' };
}

function hasOrderId({ body }: Answer): boolean {
  return typeof body === 'object' && body !== null && 'orderid' in body && Boolean(body.orderid);
}
