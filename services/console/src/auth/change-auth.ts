import { type AuditEntry, recordAudit } from '@orderlane/db/audit';
import type { Db } from '@orderlane/db/open-db';
import { APIError } from 'better-auth';
import { callerOf } from '../http/access.ts';
import type { ConsoleContext } from '../http/console-env.ts';
import { authHeaders, translate } from './auth-call.ts';
import type { Auth } from './create-auth.ts';
import { authFor, type IdentifyDeps } from './identify.ts';

export interface AuthChange<T> {
  call(
    api: Auth['api'],
    asked: { headers: Headers; returnHeaders: true },
  ): Promise<{ headers: Headers; response: T }>;
  /** What is written down of it. */
  entry(response: T): Pick<AuditEntry, 'what' | 'subject' | 'after'>;
}

/**
 * Lets the sign-in library change how the caller signs in, and writes that down in the same
 * transaction: no row, no change. What the library refuses stays counted.
 * @throws ManageError
 */
export async function changeAuth<T>(
  deps: IdentifyDeps,
  context: ConsoleContext,
  { call, entry }: AuthChange<T>,
): Promise<T> {
  const { who, from } = callerOf(context);
  return await withAuth(deps, context, {
    call,
    also: async (db, response) => await recordAudit(db, { who, from, ...entry(response) }),
  });
}

/**
 * Asks the library within a transaction, in which `also` is done of what it let pass; where that
 * throws, the library has done nothing.
 * @throws ManageError
 */
export async function withAuth<T>(
  deps: IdentifyDeps,
  context: ConsoleContext,
  { call, also }: Pick<AuthChange<T>, 'call'> & { also(db: Db, response: T): Promise<unknown> },
): Promise<T> {
  const outcome = await deps.db.transaction().execute(async (db) => {
    const { api } = authFor({ auths: deps.auths.within(db) }, context);
    const asked = { headers: authHeaders(context), returnHeaders: true } as const;
    const answer = await call(api, asked).catch((error: unknown) => {
      if (error instanceof APIError) return { refused: error };
      throw error;
    });
    if (!('refused' in answer)) await also(db, answer.response);
    return answer;
  });
  if ('refused' in outcome) throw translate(outcome.refused);
  for (const set of outcome.headers.getSetCookie()) {
    context.header('set-cookie', set, { append: true });
  }
  return outcome.response;
}
