import { hasUsers } from '@orderlane/db/users';
import { makeSignInLink } from '@orderlane/manage/sign-in-link';
import type { IdentifyDeps } from './identify.ts';
import { ensureFirstAdmin } from './sign-in.ts';

export interface FirstSignInConfig {
  ADMIN_EMAIL: string | undefined;
  ADMIN_PASSWORD: string | undefined;
}

/**
 * Where nobody can sign in yet: the first administrator of the configuration is made, or else a
 * one-time link, of which the path is returned.
 */
export async function openFirstSignIn(
  deps: IdentifyDeps,
  { ADMIN_EMAIL: email, ADMIN_PASSWORD: password }: FirstSignInConfig,
): Promise<string | undefined> {
  if (await hasUsers(deps.db)) return undefined;
  if (email !== undefined && password !== undefined) {
    await ensureFirstAdmin(deps, { email, password });
    return undefined;
  }
  return `/sign-in/link?token=${await makeSignInLink(deps.db, null)}`;
}
