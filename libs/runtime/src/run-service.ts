import type { z } from 'zod';
import { parseConfig, readEnvironment } from './config.ts';
import { ConfigError } from './config-error.ts';
import { createLogger, type Log } from './log.ts';
import { createStopRequest } from './stop-request.ts';

export interface ServiceSpec<Shape extends z.ZodRawShape> {
  name: string;
  /** Checked before anything is started; a wrong environment ends the process with code 1. */
  configSchema: z.ZodObject<Shape>;
  /** What takes longer to stop is killed (20,000 ms). */
  stopWithinMs?: number | ((config: Readonly<z.infer<z.ZodObject<Shape>>>) => number);
}

/** What a service is made from. */
export interface ServiceParts<Shape extends z.ZodRawShape> {
  config: Readonly<z.infer<z.ZodObject<Shape>>>;
  log: Log;
  /** Takes what was started; all of it is stopped in reverse order. */
  started: AsyncDisposableStack;
  /** Aborted when the service is asked to stop, before anything is stopped. */
  shutdown: AbortSignal;
}

type Start<Shape extends z.ZodRawShape> = (parts: ServiceParts<Shape>) => Promise<void>;

const STOP_WITHIN_MS = 20_000;

/**
 * Runs a service from its start until SIGTERM, SIGINT, the end of its parent or an unhandled fault,
 * and stops in reverse order what `start` put into `started`. It sets the exit code and leaves the
 * end of the process to Node: nothing that is still being written is cut off.
 */
export async function runService<Shape extends z.ZodRawShape>(
  spec: ServiceSpec<Shape>,
  start: Start<Shape>,
): Promise<void> {
  const log = createLogger({ service: spec.name });
  using stopRequest = createStopRequest(log);
  const started = new AsyncDisposableStack();
  let stopWithinMs = typeof spec.stopWithinMs === 'number' ? spec.stopWithinMs : STOP_WITHIN_MS;
  killWhenLate(stopRequest.signal, { log, withinMs: () => stopWithinMs });
  try {
    const config = parseConfig(spec.configSchema, readEnvironment());
    log.level = levelOf(config) ?? log.level;
    if (typeof spec.stopWithinMs === 'function') stopWithinMs = spec.stopWithinMs(config);
    await start({ config, log, started, shutdown: stopRequest.signal });
    log.info({ event: 'service_started', pid: process.pid }, `${spec.name} is ready`);
    await stopRequest.requested;
  } catch (error) {
    process.exitCode = 1;
    reportFault(log, error);
  }
  stopRequest.abort();
  await stopAll(started, log);
  log.info({ event: 'service_stopped' }, `${spec.name} has stopped`);
}

/** Bounds the way from the first request to stop to the end of the process. */
function killWhenLate(shutdown: AbortSignal, limits: { log: Log; withinMs: () => number }): void {
  const kill = () => {
    limits.log.fatal({ event: 'service_killed' }, `not stopped in ${limits.withinMs()} ms: killed`);
    // Not process.exit: whoever watches must see that this end was not orderly.
    process.kill(process.pid, 'SIGKILL');
  };
  const arm = () => setTimeout(kill, limits.withinMs()).unref();
  shutdown.addEventListener('abort', arm, { once: true });
}

async function stopAll(started: AsyncDisposableStack, log: Log): Promise<void> {
  try {
    await started.disposeAsync();
  } catch (error) {
    process.exitCode = 1;
    reportFault(log, error);
  }
}

/** A wrong configuration is the reader's to mend: its message, no stack. */
function reportFault(log: Log, error: unknown): void {
  if (error instanceof ConfigError) log.fatal({ event: 'service_misconfigured' }, error.message);
  else log.fatal({ event: 'service_failed', err: error }, describe(error));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function levelOf(config: object): string | undefined {
  return 'LOG_LEVEL' in config && typeof config.LOG_LEVEL === 'string'
    ? config.LOG_LEVEL
    : undefined;
}
