import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalStackError } from './local-stack-error.ts';
import { newKeyAdvice } from './renew-secrets.ts';

/**
 * The secret key that is kept in the data folder, made on the first call; only its owner may read it
 * (mode 600). Losing it means `npm start -- --new-secret-key`.
 * @throws LocalStackError when the file holds no usable key
 */
export async function readSecretKeyFile(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'secret-key');
  const made = randomBytes(32).toString('base64');
  try {
    await writeFile(file, `${made}\n`, { mode: 0o600, flag: 'wx' });
    return made;
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isThere) throw error;
  }
  const key = (await readFile(file, 'utf8')).trim();
  if (key.length >= 32) return key;
  throw new LocalStackError(
    `${file} holds no usable secret key. Put the key back from a backup, or set ORDERLANE_SECRET_KEY; without it the stored API keys cannot be read. To begin with a new key, delete the file, then: ${newKeyAdvice}`,
  );
}
