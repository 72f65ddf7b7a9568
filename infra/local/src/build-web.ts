import { fileURLToPath } from 'node:url';
import type { Log } from '@orderlane/runtime/log';
import { LocalStackError } from './local-stack-error.ts';
import { describeExit, startChild } from './start-child.ts';

const program = fileURLToPath(
  new URL('../../../services/console/web/build/main.ts', import.meta.url),
);

/**
 * Builds what the console shows in a browser, unless that was done from the same sources.
 * @throws LocalStackError with what the build said
 */
export async function buildWeb({
  log,
  shutdown,
}: {
  log: Log;
  shutdown: AbortSignal;
}): Promise<void> {
  await using child = await startChild({
    name: 'web',
    command: process.execPath,
    args: [program],
    stopSignal: 'SIGTERM',
  });
  const stop = () => child.signal('SIGTERM');
  shutdown.addEventListener('abort', stop, { once: true });
  const ended = await child.exited;
  shutdown.removeEventListener('abort', stop);
  shutdown.throwIfAborted();
  if (ended.code !== 0) {
    throw new LocalStackError(
      `The web UI could not be built (${describeExit(ended)}):\n${child.tail()}`,
    );
  }
  log.info(child.tail().trim());
}
