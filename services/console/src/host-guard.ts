import type { MiddlewareHandler } from 'hono';

const ownNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Serves only those who asked for this machine by a name of its own. A web page elsewhere can let
 * its own name point to 127.0.0.1 (DNS rebinding) and have the reader's browser call us; the Host
 * header then still holds that page's name.
 */
export function refuseForeignHosts(): MiddlewareHandler {
  return async (context, next) => {
    if (isOwnName(context.req.header('host'))) {
      await next();
      return;
    }
    return context.json(
      {
        status: 'error',
        code: 'host_not_allowed',
        error: 'The console answers to 127.0.0.1, localhost and [::1] only',
      },
      403,
    );
  };
}

function isOwnName(host: string | undefined): boolean {
  const url = host === undefined ? null : URL.parse(`http://${host}`);
  return url !== null && ownNames.has(url.hostname);
}
