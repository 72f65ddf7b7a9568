import { configSchema as executorSchema } from '@orderlane/executor/config';
import { configSchema as ingressSchema } from '@orderlane/ingress/config';
import { parseDuration } from '@orderlane/runtime/duration';
import { configSchema as schedulerSchema } from '@orderlane/scheduler/config';
import { z } from 'zod';

/**
 * Not waits but how exactly a busy machine can be on time: divided, nothing would ever be sent.
 */
const undivided = new Set(['GRANT_MAX_AGE_MS']);

/** A busy machine may hold up a process for a while: divided further, nothing would get through (ms). */
const atLeastMs: Record<string, number> = { WEBHOOK_MAX_WAIT_MS: 1500, ENTRY_MAX_AGE: 6000 };

/**
 * Smart orders wait for each other and for OpenAlgo's cache of positions; both waits are divided, so
 * their rate may grow. It stops at four: the rate of all orders stays 10 per second, because a
 * rolling second is measured in real time and on a busy machine.
 */
const fastestSmartRate = 4;

/** The waiting times of the system under test (ms), and its rates (per second). */
export interface Times {
  divide: number;
  callTimeoutMs: number;
  sendWindowMs: number;
  leaseMs: number;
  jobLockMs: number;
  exitWaitMs: number;
  entryMaxAgeMs: number;
  absentAfterMs: number;
  /** A resend of TradingView comes this long after the answer it did not like; it waits so long for one. */
  resendAfterMs: number;
  senderPatienceMs: number;
  duplicateWindowMs: number;
  ordersPerSecond: number;
  smartOrdersPerSecond: number;
  /** Every variable that was changed, for the processes' environment. */
  env: Record<string, string>;
}

const ORDERS_PER_SECOND = 10;

/** Divides every waiting time that the services read from their environment. */
export function divideTimes(divide: number): Times {
  const schemas = [executorSchema, ingressSchema, schedulerSchema];
  const waits = Object.assign({}, ...schemas.map((schema) => dividedWaits(schema, divide)));
  const smartOrdersPerSecond = Math.min(fastestSmartRate, Math.floor(divide));
  const env = {
    ...waits,
    ORDER_RATE_LIMIT: `${ORDERS_PER_SECOND} per second`,
    SMART_ORDER_RATE_LIMIT: `${smartOrdersPerSecond} per second`,
    // A run is short: its square-offs are not to wait for Redis, which ticks once a minute.
    TICK_STALE_MS: '3 seconds',
  };
  const msOf = (name: string) => parseDuration(env[name] ?? '') ?? missing(name);
  // A real ingress on a busy machine needs its time, whatever the senders' clocks say.
  const senderPatienceMs = Math.max(600, 3000 / divide);
  const resendAfterMs = 5000 / divide;
  return {
    divide,
    callTimeoutMs: msOf('CALL_TIMEOUT_MS'),
    sendWindowMs: msOf('SEND_WINDOW_MS'),
    leaseMs: msOf('LEASE_MS'),
    jobLockMs: msOf('JOB_LOCK_MS'),
    exitWaitMs: msOf('EXIT_WAIT_MS'),
    entryMaxAgeMs: msOf('ENTRY_MAX_AGE'),
    absentAfterMs: msOf('ABSENT_AFTER_MS'),
    senderPatienceMs,
    resendAfterMs,
    // Longer than all resends together, and than what a busy machine may add to them.
    duplicateWindowMs: Math.max(10_000, Math.ceil(1.25 * 3 * (senderPatienceMs + resendAfterMs))),
    ordersPerSecond: ORDERS_PER_SECOND,
    smartOrdersPerSecond,
    env,
  };
}

function dividedWaits(schema: z.ZodObject, divide: number): Record<string, string> {
  const waits: Record<string, string> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const isWait = name.endsWith('_MS') || name === 'ENTRY_MAX_AGE';
    const fallback = field instanceof z.ZodType ? field.meta()?.['fallback'] : undefined;
    if (!isWait || undivided.has(name) || typeof fallback !== 'string') continue;
    waits[name] = fallback
      .split(',')
      .map((part) => Math.round((parseDuration(part) ?? 0) / divide))
      .map((ms) => `${Math.max(atLeastMs[name] ?? 1, ms)} ms`)
      .join(', ');
  }
  return waits;
}

function missing(name: string): never {
  throw new Error(`No service has ${name} any more`);
}
