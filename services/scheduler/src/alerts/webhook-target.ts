import { createHmac } from 'node:crypto';
import type { AlertMessage, AlertTarget, MessageAlert } from './alert-target.ts';
import { postAlert } from './post-alert.ts';

const refusals = new Set([400, 413, 415, 422]);

/**
 * A program of the owner's, told in JSON. With a secret each call carries
 * `x-orderlane-timestamp` (seconds) and `x-orderlane-signature`, `sha256=` and the hex HMAC-SHA256 of
 * the timestamp, a dot and the body. A message may come twice: `alerts[].id` is the same then.
 */
export function createWebhookTarget(hook: {
  url: string;
  secret: string | undefined;
  timeoutMs: number;
  nowMs(): number;
}): AlertTarget {
  return {
    name: 'webhook',
    send: async (message) => {
      const body = JSON.stringify(bodyOf(message));
      const { url, timeoutMs } = hook;
      return await postAlert({ url, headers: signatureOf(hook, body), body, timeoutMs, refusals });
    },
  };
}

function bodyOf({ code, text, cure, alerts }: AlertMessage) {
  return { code, text, cure, alerts: alerts.map(alertOf) };
}

function alertOf({ orderId, signalId, ...alert }: MessageAlert) {
  return { ...alert, order_id: orderId, signal_id: signalId };
}

function signatureOf(
  { secret, nowMs }: { secret: string | undefined; nowMs(): number },
  body: string,
): Record<string, string> {
  if (secret === undefined) return {};
  const timestamp = String(Math.floor(nowMs() / 1000));
  const hmac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-orderlane-timestamp': timestamp, 'x-orderlane-signature': `sha256=${hmac}` };
}
