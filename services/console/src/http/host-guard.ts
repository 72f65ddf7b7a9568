import { isIP } from 'node:net';
import { refuse } from '@orderlane/domain/refusal';
import type { MiddlewareHandler } from 'hono';
import type { ConsoleEnv } from './console-env.ts';
import { refusalAnswer } from './error-answer.ts';

const ownNames = ['127.0.0.1', 'localhost', '[::1]'];
/** What programs of the inside ask for by address: Prometheus, health checks. A page elsewhere comes by a name. */
const figures = new Set(['/metrics', '/healthz', '/readyz']);

/**
 * Serves only those who asked for this machine, or for CONSOLE_URL, by name. A web page elsewhere can
 * let its own name point to 127.0.0.1 (DNS rebinding) and have the reader's browser call us; the Host
 * header then still holds that page's name.
 */
export function refuseForeignHosts(consoleUrl: string | undefined): MiddlewareHandler<ConsoleEnv> {
  const known = consoleUrl === undefined ? null : URL.parse(consoleUrl);
  const names = new Set([...ownNames, ...(known === null ? [] : [known.hostname])]);
  return async (context, next) => {
    const url = URL.parse(context.get('origin').origin);
    const isFigures = figures.has(context.req.path) && isIP(url?.hostname ?? '') !== 0;
    if (url !== null && (names.has(url.hostname) || isFigures)) {
      await next();
      return;
    }
    return refusalAnswer(context, refuse('host_not_allowed'));
  };
}
