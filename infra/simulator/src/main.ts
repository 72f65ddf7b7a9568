import { readConfig } from './config.ts';
import { startSimulator } from './start-simulator.ts';

const { host, port, options } = readConfig();
const running = await startSimulator({ ...options, host, port });
process.stdout.write(
  `OpenAlgo simulator listens on ${running.url} in ${running.simulator.options.mode} mode\n`,
);

const stop = () => void running.stop();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
