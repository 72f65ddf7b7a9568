import { type RefusalCode, refuse } from '@orderlane/domain/refusal';
import { type AccessLevel, mayAccess } from '@orderlane/domain/user-role';
import { ManageError } from '@orderlane/manage/manage-error';
import type { MiddlewareHandler } from 'hono';
import type { ConsoleContext, ConsoleEnv, SignedIn } from './console-env.ts';
import { refusalAnswer } from './error-answer.ts';
import { prefersHtml } from './prefers-html.ts';

/** Who may call a route: anybody, a person in a session (no API key), or whoever has that level. */
export type RouteAccess = 'public' | 'person' | AccessLevel;

/** Lets only those on who may; a browser that shows pages is sent to the sign-in first. */
export function requireAccess(access: RouteAccess): MiddlewareHandler<ConsoleEnv> {
  return async (context, next) => {
    const code = refusalOf(access, context.get('caller'));
    if (code === undefined) {
      await next();
      return;
    }
    if (code === 'not_signed_in' && context.req.method === 'GET' && prefersHtml(context)) {
      return context.redirect(`/sign-in?next=${encodeURIComponent(context.req.path)}`);
    }
    return refusalAnswer(context, refuse(code));
  };
}

function refusalOf(access: RouteAccess, caller: SignedIn | null): RefusalCode | undefined {
  if (access === 'public') return undefined;
  if (caller === null) return 'not_signed_in';
  if (access === 'person') return caller.by === 'session' ? undefined : 'not_allowed';
  return mayAccess(access, caller) ? undefined : 'not_allowed';
}

/** Who called, where a route lets only the signed-in on. */
export function callerOf(context: ConsoleContext): SignedIn {
  const caller = context.get('caller');
  if (caller === null) throw new ManageError('not_signed_in');
  return caller;
}
