import { randomBytes } from 'node:crypto';
import { commandLine } from './command-line.ts';
import { freshParts } from './fresh-parts.ts';

/** The command line on a database of its own. */
export async function startCli(env: Record<string, string> = {}) {
  const parts = await freshParts();
  const secretKey = randomBytes(32).toString('base64');
  const cli = commandLine({
    DATABASE_URL: parts.databaseUrl,
    ORDERLANE_SECRET_KEY: secretKey,
    ...env,
  });
  return { ...cli, parts, secretKey, [Symbol.asyncDispose]: async () => await parts.dispose() };
}
