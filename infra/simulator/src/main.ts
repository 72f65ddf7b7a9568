import { readConfig } from './config.ts';
import { startSimulator } from './start-simulator.ts';

try {
  const { host, port, booksFile, options } = readConfig();
  const running = await startSimulator({ ...options, host, port, booksFile });
  const { mode } = running.simulator.options;
  process.stdout.write(`OpenAlgo simulator listens on ${running.url} in ${mode} mode\n`);
  const stop = () => void running.stop();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
