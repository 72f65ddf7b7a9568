import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { readBaseEnvironment } from './config.ts';

const entry = fileURLToPath(new URL('../../infra/cli/src/main.ts', import.meta.url));
const emptyFolder = fileURLToPath(new URL('.', import.meta.url));

interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface CommandLine {
  /** Runs one command; `input` is what it finds at stdin. */
  run(args: readonly string[], input?: string): Promise<Finished>;
  /** As `run` with `--json`: the parsed answer; fails with what the command said on stderr. */
  json(args: readonly string[], input?: string): Promise<unknown>;
}

/** The `orderlane` command as a real process, configured by `env` and nothing else. */
export function commandLine(env: Record<string, string>): CommandLine {
  const run = async (args: readonly string[], input = ''): Promise<Finished> => {
    const child = spawn(process.execPath, [entry, ...args], {
      cwd: emptyFolder,
      env: { ...readBaseEnvironment(), ...env },
    });
    const ended = new Promise<number | null>((resolve) => {
      child.once('close', resolve);
    });
    // A command that asks for nothing may be gone before its input is written.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await ended, stdout, stderr };
  };
  return {
    run,
    json: async (args, input) => {
      const { code, stdout, stderr } = await run([...args, '--json'], input);
      if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout) as unknown;
    },
  };
}
