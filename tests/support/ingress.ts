import { openDb } from '@orderlane/db/open-db';
import { createApp } from '@orderlane/ingress/app';
import { createWebhookDeps } from '@orderlane/ingress/create-webhook-deps';
import { createAside } from '@orderlane/ingress/enqueue';
import { createIngressMetrics } from '@orderlane/ingress/ingress-metrics';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { createLanes } from '@orderlane/queue/lanes';
import { openRateLimitRedis } from '@orderlane/queue/rate-limit';
import { type AddressList, parseAddressList } from '@orderlane/runtime/address-list';
import { createLogger } from '@orderlane/runtime/log';
import { createMetrics } from '@orderlane/runtime/metrics';
import { serveApp } from '@orderlane/runtime/serve-app';

export interface IngressOptions {
  databaseUrl: string;
  redisUrl: string;
  redisPrefix: string;
  /** The trading clock; 10:00 on a Tuesday on which all markets are open unless said otherwise. */
  now?: () => Temporal.ZonedDateTime;
  webhooksPerMinute?: number;
  trustedProxies?: string[];
}

export interface TestIngress extends AsyncDisposable {
  readonly url: string;
}

const neverTrusted: AddressList = { texts: [], has: () => false };

const tradingMorning = Temporal.ZonedDateTime.from('2026-02-10T10:00:00[Asia/Kolkata]');

/** The real ingress on a port of its own, with the clock of the test. */
export async function openIngress(options: IngressOptions): Promise<TestIngress> {
  const stack = new AsyncDisposableStack();
  const { redisUrl, redisPrefix: prefix } = options;
  const log = createLogger({ service: 'ingress', level: 'silent' });
  const opened = openDb({ databaseUrl: options.databaseUrl, poolSize: 10 });
  stack.defer(async () => await opened.close());
  const redis = openRateLimitRedis({ redisUrl, prefix }, () => undefined);
  stack.defer(() => closeRedis(redis));
  const lanesRedis = openRedis({ redisUrl, prefix }, () => undefined);
  stack.defer(() => closeRedis(lanesRedis));
  const lanes = createLanes({ redis: lanesRedis, prefix });
  stack.defer(async () => await lanes.close());
  const aside = stack.use(createAside(log));
  const deps = createWebhookDeps({
    ...{ log, redis, lanes, aside, db: opened.db },
    now: options.now ?? (() => tradingMorning),
    waited: { cameAfter: () => performance.now(), waitedTooLong: () => false },
    metrics: createIngressMetrics(createMetrics('ingress')),
    config: {
      WEBHOOK_RATE_LIMIT: [{ count: options.webhooksPerMinute ?? 1000, perMs: 60_000 }],
      ORDER_RATE_LIMIT: [{ count: 10, perMs: 1000 }],
      SMART_ORDER_RATE_LIMIT: [{ count: 1, perMs: 1000 }],
      ENTRY_MAX_AGE: 60_000,
      WEBHOOK_ANSWER_WITHIN_MS: 2_500,
      REDIS_PREFIX: prefix,
      TRUSTED_PROXIES: parseAddressList(options.trustedProxies ?? []) ?? neverTrusted,
    },
  });
  const app = createApp({ ...deps, log });
  const listening = { app, host: '127.0.0.1', port: 0, portVariable: 'INGRESS_PORT' };
  const served = stack.use(await serveApp(listening));
  return {
    url: `http://127.0.0.1:${served.port}`,
    [Symbol.asyncDispose]: async () => await stack.disposeAsync(),
  };
}

export interface Posted {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** Posts a webhook as a sender does; an object is sent as JSON, a text or bytes as they are. */
export async function postWebhook(
  url: string,
  args: {
    webhookId: string;
    body: string | Uint8Array<ArrayBuffer> | Record<string, unknown>;
    contentType?: string;
    path?: 'strategy' | 'chartink';
    headers?: Record<string, string>;
  },
): Promise<Posted> {
  const { body } = args;
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(`${url}/${args.path ?? 'strategy'}/webhook/${args.webhookId}`, {
    method: 'POST',
    headers: { 'content-type': args.contentType ?? 'application/json', ...args.headers },
    body: isRaw ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}
