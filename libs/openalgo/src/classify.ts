import type { Lane } from '@orderlane/domain/lane';
import type { Outcome, TradingModeSeen } from '@orderlane/domain/outcome';
import type { Answer } from './answer.ts';
import { isBanText, isDeadSessionText, isNoActionText } from './known-texts.ts';
import { type PlaceAnswer, parsePlaceAnswer } from './wire/place-answer.ts';

/** 4xx that do not say whether the broker took the order: timeouts, conflicts, replays. */
const ambiguousRefusals: ReadonlySet<number> = new Set([408, 409, 421, 425, 499]);

interface Seen {
  lane: Lane;
  httpStatus: number;
  body: PlaceAnswer;
}

/**
 * What became of one call to a place-order endpoint, judged by the answer's body rather than its
 * status. Never throws. Whatever is not recognised is indeterminate: the order may exist. A reason is
 * as long as the far side made it.
 *
 * @param lane the endpoint: `regular` is placeorder, `smart` is placesmartorder
 */
export function classify(lane: Lane, answer: Answer): Outcome {
  if (answer.kind === 'failed') return classifyFailure(answer);
  const body = parsePlaceAnswer(answer.body);
  if (body === null) return classifyUnreadable(answer.httpStatus, answer.body);
  const seen: Seen = { lane, httpStatus: answer.httpStatus, body };
  return (
    asDone(seen) ??
    asNoAction(seen) ??
    asNotSent(seen) ??
    asRejected(seen) ??
    indeterminate(`HTTP ${answer.httpStatus}: ${body.message || 'no message'}`)
  );
}

function classifyFailure(failure: Extract<Answer, { kind: 'failed' }>): Outcome {
  const { reason } = failure;
  switch (failure.stage) {
    case 'too_late':
      return { kind: 'not_sent', cause: 'too_late', reason };
    case 'before_write':
      return { kind: 'not_sent', cause: 'unreachable', reason };
    case 'after_write':
      return indeterminate(reason);
  }
}

/**
 * Anything but a JSON object may come from whatever stands before OpenAlgo, after the request went
 * through. One text is known: a banned address is turned away before OpenAlgo looks at the request.
 */
function classifyUnreadable(httpStatus: number, text: string): Outcome {
  if (httpStatus === 403 && isBanText(text)) {
    return { kind: 'not_sent', cause: 'session_dead', reason: text.trim() };
  }
  return indeterminate(`HTTP ${httpStatus}, not a JSON object: ${text.trim() || 'empty'}`);
}

function asDone({ httpStatus, body }: Seen): Outcome | null {
  if (!isSuccessStatus(httpStatus) || body.status !== 'success') return null;
  const mode = modeOf(body);
  // No id of ours is ever sent twice, and a server may have guessed which order it was.
  if (body.duplicate) return indeterminate(`OpenAlgo had this order before, as ${body.orderid}`);
  if (body.orderid !== null) return { kind: 'accepted', brokerOrderId: body.orderid, mode };
  if (body.mode !== 'semi_auto' && body.pending_order_id === null) return null;
  return { kind: 'awaiting_approval', pendingOrderId: body.pending_order_id, mode };
}

/** Most adapters answer a smart exit without a position with 500 (contract 1.4, checklist 3). */
function asNoAction({ lane, httpStatus, body }: Seen): Outcome | null {
  const isPlausible = lane === 'smart' && body.orderid === null && !isRedirect(httpStatus);
  if (!isPlausible || !isNoActionText(body.message)) return null;
  return { kind: 'no_action', reason: body.message, mode: modeOf(body) };
}

function asNotSent({ httpStatus, body }: Seen): Outcome | null {
  if (body.status === 'success' || body.orderid !== null) return null;
  const reason = body.message || `HTTP ${httpStatus}`;
  if (httpStatus === 429) return { kind: 'not_sent', cause: 'rate_limited', reason };
  if (httpStatus === 403 && body.status === 'error' && isDeadSessionText(body.message)) {
    return { kind: 'not_sent', cause: 'session_dead', reason };
  }
  return null;
}

/**
 * A 4xx with `status: error` is OpenAlgo's own refusal or the broker's, whose status it passes on.
 * With an order id only the analyzer's is one: it stores the refused order and names it.
 */
function asRejected({ httpStatus, body }: Seen): Outcome | null {
  const isRefusal =
    httpStatus >= 400 &&
    httpStatus < 500 &&
    !ambiguousRefusals.has(httpStatus) &&
    httpStatus !== 429;
  if (!isRefusal || body.status !== 'error') return null;
  const mode = modeOf(body);
  if (body.orderid !== null && mode !== 'analyze') return null;
  const reason = body.message || `HTTP ${httpStatus}`;
  return { kind: 'rejected', brokerOrderId: body.orderid, reason, mode };
}

function indeterminate(reason: string): Outcome {
  return { kind: 'indeterminate', reason: reason };
}

function modeOf(body: PlaceAnswer): TradingModeSeen {
  return body.mode === 'analyze' ? 'analyze' : 'live';
}

function isSuccessStatus(httpStatus: number): boolean {
  return httpStatus >= 200 && httpStatus < 300;
}

function isRedirect(httpStatus: number): boolean {
  return httpStatus >= 300 && httpStatus < 400;
}
