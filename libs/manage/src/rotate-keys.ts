import {
  type AccountKey,
  findAccountByKey,
  listAccountKeys,
  lockAccountKeys,
  replaceAccountKey,
} from '@orderlane/db/account-keys';
import type { Db } from '@orderlane/db/open-db';
import { lockSealedSecrets, replaceSealedSecret } from '@orderlane/db/sealed-secrets';
import { type SecretBox, SecretBoxError, sealedKeyId } from '@orderlane/runtime/secret-box';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

/** What became of one sealed secret. */
export interface RotatedSecret {
  /** `account "main"`; `secret sign-in`, which is the installation's own. */
  what: string;
  /** `current`: it was sealed under the new key already. */
  state: 'rotated' | 'current' | 'left';
  /** Why it was left as it is; null: it was not. */
  reason: string | null;
}

interface SealedSecret {
  what: string;
  box: string;
  /** Stores the same secret, sealed anew; a text: why it cannot be. */
  replace(secret: string): Promise<string | null>;
}

/**
 * Seals every secret anew, under the key of the box: all in the manager's transaction. What cannot be
 * opened is left, and told; doing it again does the rest.
 */
export async function rotateKeys(manager: Manager, box: SecretBox): Promise<RotatedSecret[]> {
  const secrets = await listSecrets(manager.db, box);
  const rotated: RotatedSecret[] = [];
  for (const secret of secrets) rotated.push(await rotate(secret, box));
  const isDone = (index: number) => rotated[index]?.state === 'rotated';
  const done = secrets.filter((_, index) => isDone(index));
  if (done.length > 0) {
    await recordChange(manager, {
      what: 'keys.rotate',
      subject: 'secret key',
      before: { key_ids: [...new Set(done.map((secret) => sealedKeyId(secret.box)))] },
      after: { key_ids: [box.keyId], sealed_anew: done.map(({ what }) => what) },
    });
  }
  return rotated;
}

async function rotate({ what, box: sealed, replace }: SealedSecret, box: SecretBox) {
  const opened = tryOpen(box, sealed);
  if ('reason' in opened) return { what, state: 'left', reason: opened.reason } as const;
  if (box.sealedUnder(sealed) === 'current')
    return { what, state: 'current', reason: null } as const;
  const reason = await replace(opened.secret);
  return { what, state: reason === null ? 'rotated' : 'left', reason } as const;
}

async function listSecrets(db: Db, box: SecretBox): Promise<SealedSecret[]> {
  await lockAccountKeys(db);
  const accounts = await listAccountKeys(db);
  const own = await lockSealedSecrets(db);
  return [
    ...accounts.map((account) => ({
      what: `account "${account.name}"`,
      box: account.api_key_box,
      replace: async (apiKey: string) => await replaceKey(db, { account, apiKey, box }),
    })),
    ...own.map(({ name, box: sealed }) => ({
      what: `secret ${name}`,
      box: sealed,
      replace: async (secret: string) => {
        await replaceSealedSecret(db, { name, box: box.seal(secret) });
        return null;
      },
    })),
  ];
}

async function replaceKey(
  db: Db,
  { account, apiKey, box }: { account: AccountKey; apiKey: string; box: SecretBox },
): Promise<string | null> {
  const { id, base_url: baseUrl } = account;
  const fingerprint = box.fingerprint(apiKey);
  const twin = await findAccountByKey(db, { baseUrl, fingerprints: [fingerprint] });
  if (twin !== undefined) {
    return `It is the same OpenAlgo with the same key as account "${twin.name}"`;
  }
  const sealed = { apiKeyBox: box.seal(apiKey), apiKeyFingerprint: fingerprint };
  await replaceAccountKey(db, { id, ...sealed });
  return null;
}

function tryOpen(box: SecretBox, sealed: string): { secret: string } | { reason: string } {
  try {
    return { secret: box.open(sealed) };
  } catch (error) {
    if (error instanceof SecretBoxError) return { reason: error.message };
    throw error;
  }
}
