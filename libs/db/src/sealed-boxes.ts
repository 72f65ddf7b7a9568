import { listAccountKeys } from './account-keys.ts';
import type { Db } from './open-db.ts';
import { listSealedSecrets } from './sealed-secrets.ts';

/** A sealed secret with the words for it. */
export interface NamedBox {
  /** `account "main"`; `secret sign-in`, which is the installation's own. */
  what: string;
  box: string;
}

/** Everything that is sealed under the secret key. */
export async function listSealedBoxes(db: Db): Promise<NamedBox[]> {
  const accounts = await listAccountKeys(db);
  const own = await listSealedSecrets(db);
  return [
    ...accounts.map(({ name, api_key_box: box }) => ({ what: `account "${name}"`, box })),
    ...own.map(({ name, box }) => ({ what: `secret ${name}`, box })),
  ];
}
