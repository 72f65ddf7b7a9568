import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import type { AlertTarget } from '@orderlane/scheduler/alerts/alert-target';
import type { SendAlertsDeps } from '@orderlane/scheduler/alerts/send-alerts';
import { createTelegramTarget } from '@orderlane/scheduler/alerts/telegram-target';
import { createWebhookTarget } from '@orderlane/scheduler/alerts/webhook-target';

export const botToken = '123456789:AAE-a-token-of-the-tests-0123';

/** The sender's settings with times for tests; `failures` and `sent` say what happened. */
export function makeSender(db: Db, changes: Partial<SendAlertsDeps> = {}) {
  const failures: string[] = [];
  const sent: string[] = [];
  const deps: SendAlertsDeps = {
    db,
    unwanted: ['filled'],
    leaseMs: 5000,
    retryMs: [1],
    maxAgeMs: 86_400_000,
    burstMs: 60_000,
    onFailed: (target, { error }) => void failures.push(`${target} ${error}`),
    onSent: (target) => void sent.push(target),
    ...changes,
  };
  return { deps, failures, sent };
}

export function telegramAt(apiUrl: string, timeoutMs = 5000): AlertTarget {
  return createTelegramTarget({ apiUrl, token: botToken, chatId: '-100200', timeoutMs });
}

export function webhookAt(
  url: string,
  options: { timeoutMs?: number; secret?: string; nowMs?: number } = {},
): AlertTarget {
  const { timeoutMs = 5000, secret, nowMs = 0 } = options;
  return createWebhookTarget({ url: `${url}/hook`, secret, timeoutMs, nowMs: () => nowMs });
}

/** So many alerts of one code, each about something else. */
export async function raiseMany(
  db: Db,
  count: number,
  values: Partial<AlertToRaise> = {},
): Promise<void> {
  for (let index = 0; index < count; index++) {
    const subject = `${values.code ?? 'rejected'} ${index}`;
    await raiseAlert(db, {
      code: 'rejected',
      text: `Number ${index}`,
      ...values,
      subject,
    });
  }
}

/** What one posted body says, and of which alerts. */
export interface PostedAlerts {
  code: string;
  text: string;
  cure: string;
  alerts: { id: number; code: string; text: string }[];
}

export function parsePosted(body: string): PostedAlerts {
  return JSON.parse(body) as PostedAlerts;
}
