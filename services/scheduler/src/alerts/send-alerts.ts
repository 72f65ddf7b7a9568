import {
  closeSentAlerts,
  type DueAlert,
  giveUpAlerts,
  keepAlertTarget,
  leaveAlertTarget,
  listDueAlerts,
  recordAlertsFailed,
  recordAlertsSent,
  takeAlertTarget,
} from '@orderlane/db/alert-outbox';
import type { Db } from '@orderlane/db/open-db';
import type { RefusalCode } from '@orderlane/domain/refusal';
import type { AlertMessage, AlertTarget, Sending } from './alert-target.ts';
import { composeMessages } from './compose-messages.ts';

export interface SendAlertsDeps {
  db: Db;
  unwanted: readonly RefusalCode[];
  /** How long a target is one scheduler's; longer than a message may take (ms). */
  leaseMs: number;
  /** Pauses after failures in a row; the last one repeats (ms). */
  retryMs: readonly number[];
  /** Older alerts are given up (ms). */
  maxAgeMs: number;
  burstMs: number;
  onFailed(target: string, failed: Extract<Sending, { kind: 'failed' }>): void;
  onSent(target: string): void;
}

/** A round ends after so many messages; the next one goes on. */
const messagesInRound = 20;
const alertsInRound = 500;
const burstMessages = 3;

/**
 * Sends a target what it does not have yet. One scheduler at a time does so; after a failure the
 * target is left alone for a while, by all. A message whose sender dies before it is written down is
 * sent again.
 */
export async function sendAlerts(deps: SendAlertsDeps, target: AlertTarget): Promise<void> {
  const { db, leaseMs } = deps;
  // Most rounds find nothing: they write nothing either.
  if ((await listDue(deps, target)).length === 0) return;
  const taken = await takeAlertTarget(db, { target: target.name, leaseMs });
  if (taken === undefined) return;
  let after = { failures: taken.failures, pauseMs: 0 };
  try {
    const due = await listDue(deps, target);
    for (const message of composeMessages(due).slice(0, messagesInRound)) {
      after = await sendOne(deps, { target, message, due, failures: after.failures });
      if (after.pauseMs > 0) break;
    }
  } finally {
    await leaveAlertTarget(db, { target: target.name, ...after });
  }
}

/** Closes what every target has, and gives up what grew too old; returns the codes given up. */
export async function tidyAlerts(
  deps: SendAlertsDeps,
  targets: readonly AlertTarget[],
): Promise<RefusalCode[]> {
  const { db, unwanted, maxAgeMs } = deps;
  const names = targets.map(({ name }) => name);
  await closeSentAlerts(db, { targets: names, limit: alertsInRound });
  return await giveUpAlerts(db, { unwanted, maxAgeMs, limit: alertsInRound });
}

async function listDue(deps: SendAlertsDeps, { name }: AlertTarget): Promise<DueAlert[]> {
  const { unwanted, maxAgeMs, burstMs } = deps;
  const query = { unwanted, maxAgeMs, burstMs, burstMessages, limit: alertsInRound };
  return await listDueAlerts(deps.db, { target: name, ...query });
}

async function sendOne(
  deps: SendAlertsDeps,
  args: {
    target: AlertTarget;
    message: AlertMessage;
    due: readonly DueAlert[];
    failures: number;
  },
): Promise<{ failures: number; pauseMs: number }> {
  const { db, leaseMs } = deps;
  const { target, message, due } = args;
  const ids = message.alerts.flatMap(({ id }) => (id === null ? [] : [id]));
  await keepAlertTarget(db, { target: target.name, leaseMs });
  const sending = await target.send(message);
  if (sending.kind === 'sent') {
    deps.onSent(target.name);
    await recordAlertsSent(db, { target: target.name, ids });
    return { failures: 0, pauseMs: 0 };
  }
  deps.onFailed(target.name, sending);
  const { error, isRefused, retryAfterMs } = sending;
  const tried = Math.max(
    0,
    ...due.filter(({ id }) => ids.includes(id)).map(({ attempts }) => attempts),
  );
  const pauseMs = isRefused ? pauseAfter(deps, tried) : 0;
  await recordAlertsFailed(db, { target: target.name, ids, error, isRefused, pauseMs });
  const targetPauseMs = Math.max(pauseAfter(deps, args.failures), retryAfterMs);
  return { failures: args.failures + 1, pauseMs: targetPauseMs };
}

function pauseAfter({ retryMs }: SendAlertsDeps, failures: number): number {
  return retryMs[Math.min(failures, retryMs.length - 1)] ?? 1000;
}
