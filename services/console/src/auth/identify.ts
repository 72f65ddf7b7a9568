import { type Db, pingDb } from '@orderlane/db/open-db';
import { findUser, type UserRow } from '@orderlane/db/users';
import { accessLevels } from '@orderlane/domain/user-role';
import type { MiddlewareHandler } from 'hono';
import type { ConsoleContext, ConsoleEnv, SignedIn } from '../http/console-env.ts';
import { type Auth, scopesKey } from './create-auth.ts';
import type { Auths } from './open-auth.ts';

export interface IdentifyDeps {
  db: Db;
  auths: Auths;
}

/** Finds out who calls, from the API key or, without one, from the session's cookie. */
export function identify(deps: IdentifyDeps): MiddlewareHandler<ConsoleEnv> {
  return async (context, next) => {
    context.set('caller', await findCaller(deps, context));
    await next();
  };
}

/** The library for calls of this kind: http and https have cookies of their own. */
export function authFor(
  { auths }: { auths: Pick<Auths, 'plain' | 'secure'> },
  context: ConsoleContext,
): Auth {
  return context.get('origin').isSecure ? auths.secure : auths.plain;
}

async function findCaller(deps: IdentifyDeps, context: ConsoleContext): Promise<SignedIn | null> {
  const authorization = context.req.header('authorization');
  if (authorization === undefined) return await findBySession(deps, context);
  const [scheme = '', key = ''] = authorization.split(' ');
  if (scheme.toLowerCase() !== 'bearer' || key === '') return null;
  return await findByKey(deps, key, fromOf(context));
}

async function findBySession(
  deps: IdentifyDeps,
  context: ConsoleContext,
): Promise<SignedIn | null> {
  const cookie = context.req.header('cookie');
  if (cookie === undefined) return null;
  const { api } = authFor(deps, context);
  const asked = { headers: new Headers({ cookie }), returnHeaders: true } as const;
  const { response, headers } = await api.getSession(asked).catch(async (error: unknown) => {
    await pingDb(deps.db); // the library does not tell an outage from a fault
    throw error;
  });
  if (response === null) return null;
  // A session that is used goes on: its cookie is given anew once a day.
  for (const set of headers.getSetCookie()) context.header('set-cookie', set, { append: true });
  const user = await findUser(deps.db, response.user.id);
  const credentialId = response.session.id;
  const by = { by: 'session', scopes: null, credentialId, from: fromOf(context) } as const;
  return signedIn(user, by, '');
}

async function findByKey(
  { db, auths }: IdentifyDeps,
  key: string,
  from: string,
): Promise<SignedIn | null> {
  const verified = await auths.plain.api.verifyApiKey({ body: { key } });
  if (!verified.valid || verified.key === null) {
    await pingDb(db); // the library calls a key invalid that it could not look up
    return null;
  }
  const { referenceId, permissions, id: credentialId, name } = verified.key;
  const given = permissions?.[scopesKey] ?? [];
  const scopes = accessLevels.filter((level) => given.includes(level));
  const by = { by: 'key', scopes, credentialId, from } as const;
  return signedIn(await findUser(db, referenceId), by, ` (${name})`);
}

function signedIn(
  user: UserRow | undefined,
  credential: Pick<SignedIn, 'by' | 'scopes' | 'credentialId' | 'from'>,
  whichKey: string,
): SignedIn | null {
  if (user === undefined || user.disabled_at !== null) return null;
  const { id: userId, name, email, role, tenant_id: tenantId } = user;
  const who = `${credential.by === 'session' ? 'console' : 'key'}:${email}${whichKey}`;
  return { ...credential, userId, name, email, role, tenantId, who };
}

/** Where a caller sits, for the audit log. */
export function fromOf(context: ConsoleContext): string {
  return context.get('origin').clientAddress ?? 'nowhere';
}
