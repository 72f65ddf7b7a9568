import { Hono } from 'hono';
import { createMetrics, type Metrics } from './metrics.ts';

/** Resolves when the part can be used; its error says what is wrong. */
export type HealthCheck = (patience: AbortSignal) => Promise<unknown>;

export interface HealthOptions {
  service: string;
  /** What the process needs to do its work, by name: `postgres`, `redis`. */
  checks: Record<string, HealthCheck>;
  /** What `/metrics` shows; without it the process's own figures. */
  metrics?: Metrics;
  /** Aborted when the process is asked to stop: it is ready for nothing new then. */
  shutdown?: AbortSignal;
}

/** A check that takes longer counts as failed. */
const CHECK_WITHIN_MS = 2_000;

/**
 * `/healthz` (the process runs), `/readyz` (it can do its work: 200, else 503, with each check by
 * name) and `/metrics` (Prometheus' text format).
 */
export function createHealthApp(options: HealthOptions): Hono {
  const metrics = options.metrics ?? createMetrics(options.service);
  const app = new Hono();
  app.get('/healthz', (context) => context.json({ status: 'success', service: options.service }));
  app.get('/readyz', async (context) => {
    const checks = {
      ...(await runChecks(options.checks)),
      ...(options.shutdown?.aborted === true && { process: 'it is stopping' }),
    };
    const isReady = Object.values(checks).every((answer) => answer === 'ok');
    const status = isReady ? 'success' : 'error';
    return context.json({ status, service: options.service, checks }, isReady ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    context.header('content-type', metrics.contentType);
    return context.body(await metrics.text());
  });
  return app;
}

async function runChecks(checks: Record<string, HealthCheck>): Promise<Record<string, string>> {
  const answers = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await runCheck(check)] as const),
  );
  return Object.fromEntries(answers);
}

async function runCheck(check: HealthCheck): Promise<string> {
  const patience = AbortSignal.timeout(CHECK_WITHIN_MS);
  const late = new Promise<never>((_resolve, reject) => {
    patience.addEventListener('abort', () => reject(patience.reason), { once: true });
  });
  try {
    await Promise.race([check(patience), late]);
    return 'ok';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
