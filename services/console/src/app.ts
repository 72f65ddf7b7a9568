import { createHealthApp, type HealthOptions } from '@orderlane/runtime/health-app';
import { Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { refuseForeignHosts } from './host-guard.ts';
import { createQueues, type QueuesDeps } from './queues.ts';

export interface ConsoleDeps {
  queues: QueuesDeps;
  checks: HealthOptions['checks'];
}

const queuesPath = '/queues';

/** The console: health of the process and the lanes, to look at from this machine only. */
export function createConsoleApp(deps: ConsoleDeps): Hono {
  const app = new Hono();
  app.use('*', keepToThisOrigin(), refuseForeignHosts(), refuseChanges());
  app.route('/', createHealthApp({ service: 'console', checks: deps.checks }));
  app.get('/', (context) => context.redirect(queuesPath));
  app.route(queuesPath, createQueues(deps.queues, queuesPath));
  app.notFound((context) =>
    context.json({ status: 'error', code: 'not_found', error: 'There is no such page' }, 404),
  );
  app.onError((error, context) => {
    deps.queues.onError(error);
    return context.json(
      { status: 'error', code: 'internal_error', error: 'The console could not answer' },
      500,
    );
  });
  return app;
}

/** No page may frame it, and what it shows loads nothing from elsewhere: Bull Board asks for fonts. */
function keepToThisOrigin(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    strictTransportSecurity: false,
  });
}

/** Nothing here changes anything, whatever Bull Board's own read-only mode lets through. */
function refuseChanges(): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method === 'GET' || context.req.method === 'HEAD') {
      await next();
      return;
    }
    context.header('Allow', 'GET, HEAD');
    return context.json(
      {
        status: 'error',
        code: 'read_only',
        error: 'The console changes nothing: GET and HEAD only',
      },
      405,
    );
  };
}
