import { hostname, userInfo } from 'node:os';
import { readCliEnvironment } from './config.ts';
import { runCli } from './run-cli.ts';
import { whereFrom } from './where-from.ts';

const environment = readCliEnvironment();

process.exitCode = await runCli(
  {
    environment,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    isInteractive: process.stdin.isTTY,
    who: `cli:${userInfo().username}`,
    from: whereFrom(environment, hostname()),
  },
  process.argv.slice(2),
);
