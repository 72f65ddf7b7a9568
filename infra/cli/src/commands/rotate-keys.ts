import { listSealedBoxes, type NamedBox } from '@orderlane/db/sealed-boxes';
import { capital } from '@orderlane/manage/brake-words';
import { type RotatedSecret, rotateKeys } from '@orderlane/manage/rotate-keys';
import { checkSecretKey } from '@orderlane/runtime/check-secret-key';
import { createSecretBox, openSecretBox, type SecretBox } from '@orderlane/runtime/secret-box';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { findOnlySecretKey, readSecretKeys } from '../read-secret-keys.ts';
import { inTransaction, withDb } from '../with-db.ts';

/**
 * Seals every secret anew, under the new secret key.
 * @throws CliError bad_secret_key; ConfigError when neither key is that of this database
 */
export async function rotateSecretKey(cli: Cli): Promise<Answer> {
  const secrets = await withDb(cli, listSealedBoxes);
  const done = nothingToDo(secrets, findOnlySecretKey(cli));
  if (done !== undefined) return done;
  const box = openSecretBox(await readSecretKeys(cli));
  checkSecretKey(
    box,
    secrets.map((secret) => secret.box),
  );
  const rotated = await inTransaction(cli, async (manager) => await rotateKeys(manager, box));
  const left = rotated.filter(({ state }) => state === 'left');
  const data = { key_id: box.keyId, secrets: rotated };
  const answer = { data, text: [...rotated.map(describe(box)), ...next(left)].join('\n') };
  if (left.length === 0) return answer;
  const names = left.map(({ what }) => what).join(', ');
  const text = `Left as they are: ${names}. Mend what is said of each, and run this again`;
  return { ...answer, failure: new CliError('keys_left', text) };
}

/** Before anybody is asked for a key: whether all is sealed under the only one that is set. */
function nothingToDo(
  secrets: readonly NamedBox[],
  secretKey: string | undefined,
): Answer | undefined {
  if (secretKey === undefined) return undefined;
  const { keyId, sealedUnder } = createSecretBox(secretKey);
  if (secrets.some(({ box }) => sealedUnder(box) !== 'current')) return undefined;
  const current = secrets.map(({ what }) => ({ what, state: 'current', reason: null }));
  const text = [
    `Nothing to do: every secret is sealed under ORDERLANE_SECRET_KEY (key ${keyId}).`,
    'To replace it: set the new one as ORDERLANE_SECRET_KEY and this one as ORDERLANE_SECRET_KEY_OLD,',
    'restart the services, and run this again.',
  ];
  return { data: { key_id: keyId, secrets: current }, text: text.join('\n') };
}

function describe({ keyId }: SecretBox): (secret: RotatedSecret) => string {
  return ({ what, state, reason }) => {
    switch (state) {
      case 'rotated':
        return `${capital(what)}: sealed anew under key ${keyId}`;
      case 'current':
        return `${capital(what)}: sealed under key ${keyId} already`;
      case 'left':
        return `${capital(what)}: left. ${reason}`;
    }
  };
}

function next(left: readonly RotatedSecret[]): string[] {
  return left.length > 0
    ? []
    : [
        'Every secret is under the new secret key. Take ORDERLANE_SECRET_KEY_OLD away everywhere,',
        'and restart the services; keep the old key as long as you keep backups from before.',
      ];
}
