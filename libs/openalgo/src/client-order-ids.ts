import { clientOrderId } from '@orderlane/domain/client-order-id';
import { brandIds } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import type { Outcome } from '@orderlane/domain/outcome';
import type { Answer } from './answer.ts';
import type { EndpointDeps } from './call-endpoint.ts';
import { isUnknownClientOrderIdText } from './known-texts.ts';
import { placeEndpoints } from './place-endpoints.ts';
import { postJson } from './post-json.ts';
import { parsePlaceAnswer } from './wire/place-answer.ts';

/** As long as ours ever are, so that a limit of their length is met too. */
const example = clientOrderId(brandIds.order('ffffffff-ffff-7fff-bfff-ffffffffffff'), 99);

const missing = 'Missing data for required field';

/**
 * Asks whether a place-order endpoint takes `client_order_id`, with a body that no server can make
 * an order of: it has neither key nor symbol, action or quantity. The schema is looked at before
 * anything else and names all that is wrong at once (openalgo-contract 1.1, 1.3).
 * @returns null when the answer is not such a list: then it is not known
 */
export async function takesClientOrderId(
  deps: EndpointDeps,
  ask: { lane: Lane; timeoutMs?: number },
): Promise<boolean | null> {
  const { answer } = await postJson(deps, {
    url: `${deps.apiRoot}/${placeEndpoints[ask.lane]}`,
    json: { client_order_id: example },
    timeoutMs: ask.timeoutMs ?? deps.readTimeoutMs,
    sendBy: Number.POSITIVE_INFINITY,
  });
  const message = refusedBySchema(answer);
  if (message === null || !message.includes('symbol') || !message.includes(missing)) return null;
  return !message.includes('client_order_id');
}

/** The outcome of an order that the schema refused for our id: it went no further, and may be sent again. */
export function asUnknownField(answer: Answer): Outcome | null {
  const reason = refusedBySchema(answer);
  if (reason === null || !isUnknownClientOrderIdText(reason)) return null;
  return { kind: 'not_sent', cause: 'unknown_field', reason };
}

function refusedBySchema(answer: Answer): string | null {
  if (answer.kind === 'failed' || answer.httpStatus !== 400) return null;
  const body = parsePlaceAnswer(answer.body);
  const isRefusal = body?.status === 'error' && body.orderid === null;
  return isRefusal ? body.message : null;
}
