import type { EventEmitter } from 'node:events';
import type { Log } from './log.ts';

export interface StopRequest extends Disposable {
  /** Aborted with the first request to stop. */
  readonly signal: AbortSignal;
  readonly requested: Promise<void>;
  abort(): void;
}

/**
 * Listens for everything that asks this process to stop: SIGTERM, SIGINT, a closed terminal, the
 * end of a parent that opened an IPC channel to it, and faults that nobody caught (which also set
 * exit code 1).
 */
export function createStopRequest(log: Log): StopRequest {
  const request = new AbortController();
  const requested = new Promise<void>((resolve) => {
    request.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const stop = (reason: string) => {
    if (request.signal.aborted) return;
    log.info({ event: 'service_stopping', reason }, `stopping: ${reason}`);
    request.abort();
  };
  const fail = (error: unknown) => {
    process.exitCode = 1;
    log.fatal({ event: 'service_failed', err: error }, 'a fault nobody caught: stopping');
    request.abort();
  };
  const listeners: [string, (argument: unknown) => void][] = [
    ['SIGTERM', () => stop('SIGTERM')],
    ['SIGINT', () => stop('SIGINT')],
    ['SIGHUP', () => stop('the terminal was closed')],
    ['disconnect', () => stop('the parent process is gone')],
    ['unhandledRejection', fail],
    ['uncaughtException', fail],
  ];
  const emitter: EventEmitter = process;
  for (const [name, listener] of listeners) emitter.on(name, listener);
  return {
    signal: request.signal,
    requested,
    abort: () => request.abort(),
    [Symbol.dispose]: () => {
      for (const [name, listener] of listeners) emitter.off(name, listener);
      // An open channel to the parent would keep this process alive.
      if (process.connected) process.disconnect?.();
    },
  };
}
