import { listAccounts } from '@orderlane/db/accounts';
import type { Actor } from '@orderlane/db/audit';
import type { Db } from '@orderlane/db/open-db';
import { listSealedSecrets } from '@orderlane/db/sealed-secrets';
import { renewSignIn } from '@orderlane/manage/renew-sign-in';
import type { Log } from '@orderlane/runtime/log';
import { type SecretBox, SecretBoxError } from '@orderlane/runtime/secret-box';
import { LocalStackError } from './local-stack-error.ts';

/** The way on where nobody has the secret key any more. */
export const newKeyAdvice =
  'npm start -- --new-secret-key. It signs everybody out, takes second factors away, and says for which accounts the API key must be entered anew.';

interface CheckDeps {
  db: Db;
  box: SecretBox;
  /** Who starts the stack, for the audit log. */
  actor: Actor;
}

/**
 * Looks whether the secret key is that of the database, before anything is started that needs it.
 * @param args.isKeyLost the person says that there is no other: what it sealed is given up
 * @param args.where where the key comes from
 * @returns whether it was
 * @throws LocalStackError that says what to do
 */
export async function checkSecretKey(
  { db, box, actor }: CheckDeps,
  { isKeyLost, where }: { isKeyLost: boolean; where: string },
): Promise<boolean> {
  const sealed = await listSealedSecrets(db);
  if (sealed.every((secret) => doesOpen(box, secret.box))) return false;
  if (!isKeyLost) {
    throw new LocalStackError(
      `The secret key in ${where} is not the one of this data. Put the right one back from a backup. If it is lost: ${newKeyAdvice}`,
    );
  }
  await db.transaction().execute(async (trx) => {
    await renewSignIn({ db: trx, ...actor, tenant: null }, box);
  });
  return true;
}

/** What is left to a person after the secret key was given up. */
export async function tellOfNewKey({
  db,
  box,
  log,
}: Pick<CheckDeps, 'db' | 'box'> & { log: Log }): Promise<void> {
  log.warn('the secret key is new: everybody signs in by password and sets up second factors anew');
  const closed = (await listAccounts(db)).filter((account) => !doesOpen(box, account.api_key_box));
  for (const { id, name } of closed) {
    log.warn(`enter the API key of account "${name}" anew: npm run cli -- account set-key ${id}`);
  }
}

function doesOpen(box: SecretBox, sealed: string): boolean {
  try {
    box.open(sealed);
    return true;
  } catch (error) {
    if (error instanceof SecretBoxError) return false;
    throw error;
  }
}
