import type { OrderPayload, SmartOrderPayload } from '@orderlane/domain/order-payload';
import type { Outcome } from '@orderlane/domain/outcome';
import type { CallRecord } from './answer.ts';
import { classify } from './classify.ts';
import { asUnknownField } from './client-order-ids.ts';
import { placeEndpoints } from './place-endpoints.ts';
import { type PostDeps, postJson } from './post-json.ts';
import type { Redact } from './redact.ts';

const maxAnswerTextLength = 2000;
const maxReasonLength = 500;

export type PlaceOrderCall = {
  /** `<order id>/<attempt>`: OpenAlgo reads no header, the simulator and a trace do. */
  orderHeader: string;
  /** performance.now() after which the request must not be written any more. */
  sendBy: number;
  /** Told in the turn in which the request is written; must not throw. */
  onWrite?: () => void;
} & ({ kind: 'regular'; payload: OrderPayload } | { kind: 'smart'; payload: SmartOrderPayload });

/** One execution: its outcome and what to remember of it. Instants are this process's wall clock. */
export interface PlacedOrder {
  outcome: Outcome;
  startedAt: Date;
  /** When the request was handed to a connection; null: it surely never was. */
  sentAt: Date | null;
  answeredAt: Date | null;
  httpStatus: number | null;
  /** The answer's text, cut after 2,000 characters, without the key; null when there was none. */
  answerText: string | null;
}

export interface PlaceOrderDeps extends PostDeps {
  apiRoot: string;
  apiKey: string;
  /** For the whole call (ms). */
  callTimeoutMs: number;
}

/** Calls a place-order endpoint once; never throws for what the network or the far side does. */
export async function placeOrder(deps: PlaceOrderDeps, call: PlaceOrderCall): Promise<PlacedOrder> {
  const record = await postJson(deps, {
    url: `${deps.apiRoot}/${placeEndpoints[call.kind]}`,
    json: { apikey: deps.apiKey, ...call.payload },
    headers: { 'x-orderlane-order': call.orderHeader },
    timeoutMs: deps.callTimeoutMs,
    sendBy: call.sendBy,
    ...(call.onWrite && { onWrite: call.onWrite }),
  });
  const unknownField =
    call.payload.client_order_id === undefined ? null : asUnknownField(record.answer);
  return {
    outcome: withCleanReason(unknownField ?? classify(call.kind, record.answer), deps.redact),
    startedAt: record.startedAt,
    sentAt: record.sentAt,
    answeredAt: record.answeredAt,
    ...whatWasSaid(record, deps.redact),
  };
}

// Both cut after the key is out: half a key would not be recognised.
function whatWasSaid(
  { answer }: CallRecord,
  redact: Redact,
): Pick<PlacedOrder, 'httpStatus' | 'answerText'> {
  if (answer.kind === 'failed') return { httpStatus: null, answerText: null };
  const answerText = redact(answer.body).slice(0, maxAnswerTextLength);
  return { httpStatus: answer.httpStatus, answerText };
}

function withCleanReason(outcome: Outcome, redact: Redact): Outcome {
  if (!('reason' in outcome)) return outcome;
  return { ...outcome, reason: redact(outcome.reason).slice(0, maxReasonLength) };
}
