import type { AccountRow } from '@orderlane/db/accounts';
import { keepAlertTargets } from '@orderlane/db/alert-targets';
import { pingDb } from '@orderlane/db/open-db';
import { unwantedCodes } from '@orderlane/domain/alert-policy';
import type { RefusalCode } from '@orderlane/domain/refusal';
import { limitsOf } from '@orderlane/queue/account-limits';
import { repeat } from '@orderlane/runtime/repeat';
import type { TradingClock } from '@orderlane/runtime/trading-clock';
import type { AlertTarget } from './alerts/alert-target.ts';
import { beat } from './alerts/beat.ts';
import { createEmailTarget } from './alerts/email-target.ts';
import { type SendAlertsDeps, sendAlerts, tidyAlerts } from './alerts/send-alerts.ts';
import { summarizeDay } from './alerts/summarize-day.ts';
import { createTelegramTarget } from './alerts/telegram-target.ts';
import { type AtOnce, createAtOnce } from './alerts/tell-at-once.ts';
import { tellUnservedLanes } from './alerts/tell-unserved-lanes.ts';
import { tellWaitingExits } from './alerts/tell-waiting-exits.ts';
import { timeOf } from './alerts/time-of.ts';
import { type StoreWatch, watchStore } from './alerts/watch-store.ts';
import { createWebhookTarget } from './alerts/webhook-target.ts';
import { createOutage } from './outage.ts';
import type { Parts, Stores } from './stores.ts';

const failuresToTell = 3;
const storePatienceMs = 3000;
const summaryCheckMs = 30_000;
const exitCheckMs = 5000;
const laneCheckMs = 10_000;

/** To how many targets alerts go, and which codes go to none. */
export interface AlertSending {
  targets: number;
  unwanted: readonly RefusalCode[];
}

/** Sends what the outbox holds, tells by itself that a store is away, and shows that it lives. */
export function startAlerts(parts: Parts, stores: Stores, now: TradingClock): AlertSending {
  const { config, log } = parts;
  const targets = targetsOf(parts);
  const unwanted = unwantedCodes({ also: config.ALERTS_ALSO, not: config.ALERTS_NOT });
  if (targets.length === 0) {
    log.warn(
      { event: 'alerts_unsent' },
      'alerts go nowhere: set TELEGRAM_…, SMTP_URL or ALERT_WEBHOOK_URL',
    );
  }
  startNaming(parts, { stores, targets, unwanted });
  startSending(parts, { stores, targets, unwanted });
  startWatching(parts, { stores, targets, unwanted });
  startExitWatch(parts, stores);
  startLaneWatch(parts, stores);
  const isSummed = targets.length > 0 && !unwanted.includes('day_summary');
  if (isSummed) startSummaries(parts, stores, now);
  return { targets: targets.length, unwanted };
}

function targetsOf({ config }: Parts): AlertTarget[] {
  const timeoutMs = config.ALERT_TIMEOUT_MS;
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_CHAT_ID: chatId, TELEGRAM_API_URL: apiUrl } = config;
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret } = config;
  const nowMs = () => Date.now();
  return [
    ...(token === undefined || chatId === undefined
      ? []
      : [createTelegramTarget({ apiUrl, token, chatId, timeoutMs })]),
    ...(url === undefined ? [] : [createWebhookTarget({ url, secret, timeoutMs, nowMs })]),
    ...mailOf(config),
  ];
}

function mailOf(config: Parts['config']): AlertTarget[] {
  const { SMTP_URL: smtpUrl, SMTP_TLS: tls, ALERT_EMAIL_FROM: from, ALERT_EMAIL_TO: to } = config;
  if (smtpUrl === undefined || from === undefined || to === undefined) return [];
  return [createEmailTarget({ smtpUrl, tls, from, to, timeoutMs: config.ALERT_TIMEOUT_MS })];
}

interface Sender {
  stores: Stores;
  targets: readonly AlertTarget[];
  unwanted: readonly RefusalCode[];
}

/** Says in the database which targets there are, so that the console can show them. */
function startNaming({ started, config }: Parts, { stores, targets }: Sender): void {
  let isSaid = false;
  const run = async () => {
    if (isSaid) return;
    await keepAlertTargets(
      stores.db,
      targets.map(({ name }) => name),
    );
    isSaid = true;
  };
  started.use(repeat({ everyMs: config.ALERTS_MS, run, onError: stores.outages.postgres.failed }));
}

/** Each target by itself: one that hangs does not hold up the others. */
function startSending(parts: Parts, { stores, targets, unwanted }: Sender): void {
  const { config, log, started } = parts;
  const outages = new Map(targets.map(({ name }) => [name, createOutage(log, `alerts_${name}`)]));
  const deps: SendAlertsDeps = {
    db: stores.db,
    unwanted,
    leaseMs: 3 * config.ALERT_TIMEOUT_MS,
    retryMs: config.ALERT_RETRY_MS,
    maxAgeMs: config.ALERT_MAX_AGE,
    burstMs: config.ALERT_BURST_MS,
    onFailed: (name, { error }) => outages.get(name)?.failed(new Error(error)),
    onSent: (name) => outages.get(name)?.over(),
  };
  const everyMs = config.ALERTS_MS;
  const onError = stores.outages.postgres.failed;
  for (const target of targets) {
    const run = async () => await sendAlerts(deps, target);
    started.use(repeat({ everyMs, run, onError }));
  }
  if (targets.length === 0) return;
  const tidy = async () => {
    const codes = await tidyAlerts(deps, targets);
    if (codes.length === 0) return;
    const facts = { event: 'alerts_given_up', count: codes.length, codes: [...new Set(codes)] };
    log.error(facts, `${codes.length} alerts could not be sent in time: given up`);
  };
  started.use(repeat({ everyMs, run: tidy, onError }));
}

function startWatching(parts: Parts, { stores, targets, unwanted }: Sender): void {
  const { config, started } = parts;
  const { ALERT_RETRY_MS: retryMs, STORES_CHECK_MS: everyMs } = config;
  const atOnce = started.use(createAtOnce({ targets, unwanted, retryMs, now: () => new Date() }));
  const watches = [
    watch(atOnce, { everyMs, what: 'postgres', ping: async () => await pingDb(stores.db) }),
    watch(atOnce, { everyMs, what: 'redis', ping: async () => await stores.redis.ping() }),
  ];
  const run = async () => void (await Promise.all(watches.map(async (each) => await each.look())));
  started.use(repeat({ everyMs, run, onError: () => undefined }));
  startHeart(parts, watches);
}

/** Tells of a store that is away from memory: the outbox is in one of them. */
function watch(
  atOnce: AtOnce,
  store: { what: 'postgres' | 'redis'; everyMs: number; ping(): Promise<unknown> },
): StoreWatch {
  const { what, everyMs, ping } = store;
  const name = { postgres: 'Postgres', redis: 'Redis' }[what];
  return watchStore({
    ping,
    failuresToTell,
    timeoutMs: Math.min(everyMs, storePatienceMs),
    now: () => new Date(),
    onAway: (since) =>
      atOnce.tell(`${what}_away`, `${name} has not answered since ${timeOf(since)}`),
    onBack: (since) => {
      const seconds = Math.round((Date.now() - since.getTime()) / 1000);
      atOnce.tell(`${what}_back`, `${name} answers again, after ${seconds} seconds`);
    },
  });
}

/** Called only while both stores answer: whoever listens there learns of every other state by silence. */
function startHeart({ config, log, started }: Parts, watches: readonly StoreWatch[]): void {
  const { HEARTBEAT_URL: url, HEARTBEAT_MS: everyMs, ALERT_TIMEOUT_MS: timeoutMs } = config;
  if (url === undefined) return;
  const outage = createOutage(log, 'heartbeat');
  const run = async () => {
    const answers = await Promise.all(watches.map(async (each) => await each.answers()));
    if (!answers.every(Boolean)) return;
    const wrong = await beat(url, timeoutMs);
    if (wrong === undefined) outage.over();
    else outage.failed(new Error(wrong));
  };
  started.use(repeat({ everyMs, run, onError: outage.failed }));
}

/** Written whether or not there is a target: what waits belongs into the story of its order. */
function startExitWatch({ config, started }: Parts, { db, outages }: Stores): void {
  const olderThanMs = config.EXIT_ALERT_MS;
  const run = async () => await tellWaitingExits(db, { olderThanMs });
  const everyMs = Math.min(olderThanMs, exitCheckMs);
  started.use(repeat({ everyMs, run, onError: outages.postgres.failed }));
}

/** An executor that hangs ends itself; this one is for no executor at all. */
function startLaneWatch({ config, started }: Parts, { db, outages }: Stores): void {
  const silentMs = config.LANE_ALERT_MS;
  const deps = { db, silentMs, limitsOf: (account: AccountRow) => limitsOf(config, account) };
  const run = async () => await tellUnservedLanes(deps);
  const everyMs = Math.min(silentMs, laneCheckMs);
  started.use(repeat({ everyMs, run, onError: outages.postgres.failed }));
}

function startSummaries({ started }: Parts, { db, outages }: Stores, now: TradingClock): void {
  const run = async () => await summarizeDay(db, { now: now() });
  started.use(repeat({ everyMs: summaryCheckMs, run, onError: outages.postgres.failed }));
}
