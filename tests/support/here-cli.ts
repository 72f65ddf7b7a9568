import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCli } from '@orderlane/cli/run-cli';
import { type FreshParts, freshParts } from './fresh-parts.ts';

/** The command line within the test's own process, on a database of its own: quick. */
interface HereCli extends AsyncDisposable {
  parts: FreshParts;
  run(
    args: readonly string[],
    input?: string,
  ): Promise<{ code: number; stdout: string; stderr: string }>;
  /** As `run` with `--json`: the parsed answer; fails with what the command said on stderr. */
  json(args: readonly string[], input?: string): Promise<unknown>;
}

export async function openHereCli(env: Record<string, string> = {}): Promise<HereCli> {
  const parts = await freshParts();
  const environment = {
    DATABASE_URL: parts.databaseUrl,
    REDIS_URL: parts.redisUrl,
    REDIS_PREFIX: parts.redisPrefix,
    ...env,
  };
  const run = async (args: readonly string[], input = '') => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const streams = { stdin, stdout, stderr };
    stdin.end(input);
    const said = Promise.all([text(stdout), text(stderr)]);
    const code = await runCli(
      { ...streams, environment, isInteractive: false, who: 'cli:asha', from: 'terminal on test' },
      args,
    );
    stdout.end();
    stderr.end();
    const [out, err] = await said;
    return { code, stdout: out, stderr: err };
  };
  return {
    parts,
    run,
    json: async (args, input) => {
      const { code, stdout, stderr } = await run([...args, '--json'], input);
      if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout) as unknown;
    },
    [Symbol.asyncDispose]: async () => await parts.dispose(),
  };
}
