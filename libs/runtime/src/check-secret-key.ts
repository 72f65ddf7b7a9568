import { ConfigError } from './config-error.ts';
import type { Log } from './log.ts';
import { type SecretBox, sealedKeyId } from './secret-box.ts';

/**
 * Looks whether the secret key is that of this database. Where some secrets open and others do not,
 * the process may start: the others are told one by one.
 * @param sealed every sealed secret
 * @throws ConfigError when there are secrets and none of them was sealed under a key that is set
 */
export function checkSecretKey(box: SecretBox, sealed: readonly string[]): void {
  const foreign = sealed.filter((each) => box.sealedUnder(each) === 'foreign');
  const areOthers = sealed.some((each) => ['current', 'old'].includes(box.sealedUnder(each)));
  if (foreign.length === 0 || areOthers) return;
  const ids = [...new Set(foreign.map(sealedKeyId))].join(', ');
  throw new ConfigError([
    {
      variable: 'ORDERLANE_SECRET_KEY',
      problem:
        `is not the key of this database: it is key ${box.keyId}, and the API keys were sealed under key ${ids}. ` +
        'Set that key again. To replace it, set it as ORDERLANE_SECRET_KEY_OLD besides the new one and run "keys rotate". ' +
        'If it is lost, enter each API key anew with "account set-key"',
    },
  ]);
}

/**
 * The same when a process starts. Without a database it may start all the same: what does not open
 * later is told one by one.
 * @throws ConfigError
 */
export async function checkSecretKeyAtStart(
  deps: { box: SecretBox; log: Log },
  listSealed: () => Promise<string[]>,
): Promise<void> {
  const { box, log } = deps;
  const sealed = await listSealed().catch((error: unknown) => {
    const text = 'Postgres does not answer: not looked whether the secret key is the right one';
    log.warn({ event: 'secret_key_unchecked', err: error }, text);
    return [];
  });
  checkSecretKey(box, sealed);
}
