import { randomBytes } from 'node:crypto';
import type { Db } from '@orderlane/db/open-db';
import { keepSealedSecret } from '@orderlane/db/sealed-secrets';
import type { Log } from '@orderlane/runtime/log';
import type { SecretBox } from '@orderlane/runtime/secret-box';
import { type Auth, createAuth } from './create-auth.ts';
import { joinedDb } from './joined-db.ts';

/** One for calls over http, one for calls over https: their cookies differ. */
export interface Auths {
  plain: Auth;
  secure: Auth;
  /** The same, working in a transaction. */
  within(db: Db): Pick<Auths, 'plain' | 'secure'>;
}

/**
 * The sign-in library with the installation's own secret, which is made at the first start.
 * @throws SecretBoxError when it was sealed under another ORDERLANE_SECRET_KEY
 */
export async function openAuths(deps: { db: Db; log: Log; box: SecretBox }): Promise<Auths> {
  const { db, log, box } = deps;
  const made = box.seal(randomBytes(32).toString('base64url'));
  const secret = box.open(await keepSealedSecret(db, { name: 'sign-in', box: made }));
  const create = (on: Db, isSecure: boolean) => createAuth({ db: on, log, secret, isSecure });
  const within = (on: Db) => ({
    get plain() {
      return create(joinedDb(on), false);
    },
    get secure() {
      return create(joinedDb(on), true);
    },
  });
  return { plain: create(db, false), secure: create(db, true), within };
}
