import { refuse } from '@orderlane/domain/refusal';
import type { MiddlewareHandler } from 'hono';
import type { ConsoleContext, ConsoleEnv } from './console-env.ts';
import { refusalAnswer } from './error-answer.ts';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes that a page elsewhere makes a browser ask for: a browser sends its cookies along,
 * and says where the page is from. An API key is sent by nobody but its owner.
 */
export function refuseCrossSite(consoleUrl: string | undefined): MiddlewareHandler<ConsoleEnv> {
  const known = consoleUrl === undefined ? undefined : URL.parse(consoleUrl)?.origin;
  return async (context, next) => {
    if (harmless.has(context.req.method) || isOwn(context, known)) {
      await next();
      return;
    }
    return refusalAnswer(context, refuse('cross_site'));
  };
}

function isOwn(context: ConsoleContext, known: string | undefined): boolean {
  const { req } = context;
  if (req.header('authorization') !== undefined) return true;
  const origin = req.header('origin');
  if (origin !== undefined) return origin === context.get('origin').origin || origin === known;
  const site = req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  // No browser of these years; without a cookie there is nothing to abuse.
  return req.header('cookie') === undefined;
}
