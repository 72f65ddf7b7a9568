import { resetSignIn } from '@orderlane/db/reset-sign-in';
import { deleteSealedSecret, lockSealedSecrets } from '@orderlane/db/sealed-secrets';
import { type SecretBox, SecretBoxError, sealedKeyId } from '@orderlane/runtime/secret-box';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

/** What the console signs sessions with and encrypts second factors under. */
const signInSecret = 'sign-in';

export interface RenewedSignIn {
  sessionsEnded: number;
  secondFactorsRemoved: number;
}

/**
 * Gives up what the console signs sessions with, where it does not open any more; the console's next
 * start makes another. Everybody signs in again, by password alone.
 * @returns undefined where there is nothing to give up: it opens, or there is none
 */
export async function renewSignIn(
  manager: Manager,
  box: SecretBox,
): Promise<RenewedSignIn | undefined> {
  const { db } = manager;
  const secret = (await lockSealedSecrets(db)).find(({ name }) => name === signInSecret);
  if (secret === undefined || doesOpen(box, secret.box)) return undefined;
  await deleteSealedSecret(db, signInSecret);
  const renewed = await resetSignIn(db);
  await recordChange(manager, {
    what: 'keys.renew_sign_in',
    subject: `secret ${signInSecret}`,
    before: { key_id: sealedKeyId(secret.box) ?? null },
    after: { sessions_ended: renewed.sessionsEnded, factors_removed: renewed.secondFactorsRemoved },
  });
  return renewed;
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
