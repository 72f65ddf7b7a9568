import { userInfo } from 'node:os';
import { readCliEnvironment } from './config.ts';
import { runCli } from './run-cli.ts';

process.exitCode = await runCli(
  {
    environment: readCliEnvironment(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    isInteractive: process.stdin.isTTY,
    who: `cli:${userInfo().username}`,
  },
  process.argv.slice(2),
);
