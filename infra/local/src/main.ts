import { ConfigError } from '@orderlane/runtime/config-error';
import { createLogger, type Log } from '@orderlane/runtime/log';
import { newId } from '@orderlane/runtime/new-id';
import { createStopRequest } from '@orderlane/runtime/stop-request';
import { readLocalSettings } from './config.ts';
import { LocalStackError } from './local-stack-error.ts';
import { listProcesses } from './services.ts';
import { startStack } from './start-stack.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import { watchParent } from './watch-parent.ts';
import { welcomeText } from './welcome.ts';

const SAY_SLOW_AFTER_MS = 3_000;

const terminal = createTerminal(process.stdout);
// A terminal that was closed cannot be written to, and that must not keep us from stopping.
process.stdout.on('error', () => undefined);
const log = createLogger({
  service: 'local',
  destination: { write: (line) => terminal.show('local', line.trimEnd()) },
});
await run(terminal, log);

/** Runs the whole stack until the person stops it; nothing of it is left then. */
async function run(shown: Terminal, said: Log): Promise<void> {
  using stopRequest = createStopRequest(said);
  using _watch = watchParent(() => {
    said.info('stopping: the process that started this is gone');
    stopRequest.abort();
  });
  const hurry = new AbortController();
  const started = new AsyncDisposableStack();
  try {
    const settings = readLocalSettings(process.argv.slice(2));
    const { signal: shutdown } = stopRequest;
    const parts = { settings, terminal: shown, log: said, started, shutdown, hurry: hurry.signal };
    const stack = await startStack(parts, listProcesses(settings.config));
    await shown.quiet();
    const { config } = settings;
    shown.say(welcomeText({ config, stack, signalId: newId(), platform: process.platform }));
    await stopRequest.requested;
  } catch (error) {
    if (!stopRequest.signal.aborted) reportFault(said, error);
  }
  stopRequest.abort();
  await stopAll(started, { said, hurry });
}

/** In order; a second Ctrl-C kills what still works. */
async function stopAll(
  started: AsyncDisposableStack,
  { said, hurry }: { said: Log; hurry: AbortController },
): Promise<void> {
  process.once('SIGINT', () => hurry.abort());
  const slow = setTimeout(() => {
    said.warn('waiting for work under way to end; Ctrl-C again kills it');
  }, SAY_SLOW_AFTER_MS);
  await started.disposeAsync();
  clearTimeout(slow);
  said.info('everything has stopped');
}

/** A fault that the reader can mend is its message, any other comes with its stack. */
function reportFault(said: Log, error: unknown): void {
  process.exitCode = 1;
  if (error instanceof LocalStackError || error instanceof ConfigError) said.fatal(error.message);
  else said.fatal({ err: error }, error instanceof Error ? (error.stack ?? '') : String(error));
}
