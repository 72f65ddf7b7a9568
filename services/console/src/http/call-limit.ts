import { refuse } from '@orderlane/domain/refusal';
import type { RateLimit } from '@orderlane/queue/rate-limit';
import type { MiddlewareHandler } from 'hono';
import type { ConsoleEnv } from './console-env.ts';
import { refusalAnswer } from './error-answer.ts';

/** Counts what a user changes, by whatever session or key (STRATEGY_RATE_LIMIT). */
export function limitChanges(limit: RateLimit): MiddlewareHandler<ConsoleEnv> {
  return async (context, next) => {
    const caller = context.get('caller');
    if (caller === null || context.req.method === 'GET' || context.req.method === 'HEAD') {
      await next();
      return;
    }
    const { level, retryAfterS } = await limit.count(caller.userId);
    if (level === 'within') {
      await next();
      return;
    }
    context.header('retry-after', String(retryAfterS));
    return refusalAnswer(context, refuse('too_many_calls'));
  };
}
