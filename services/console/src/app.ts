import type { OpenAPIHono } from '@hono/zod-openapi';
import { refuse } from '@orderlane/domain/refusal';
import type { RateLimit } from '@orderlane/queue/rate-limit';
import { createHealthApp, type HealthOptions } from '@orderlane/runtime/health-app';
import { identify } from './auth/identify.ts';
import type { SignUpDeps } from './auth/sign-in.ts';
import { requireAccess } from './http/access.ts';
import { createApi } from './http/api.ts';
import { limitBody } from './http/body-limit.ts';
import { limitChanges } from './http/call-limit.ts';
import type { ConsoleEnv } from './http/console-env.ts';
import { errorAnswer, refusalAnswer } from './http/error-answer.ts';
import { refuseForeignHosts } from './http/host-guard.ts';
import { keepToThisOrigin } from './http/own-content.ts';
import { findOrigin, type OriginDeps } from './http/request-origin.ts';
import { refuseCrossSite } from './http/same-origin.ts';
import { createSignInPages } from './pages/sign-in-pages.ts';
import { createWebUi } from './pages/web-ui.ts';
import { createQueues, type QueuesDeps } from './queues.ts';
import { createAccountBookRoutes } from './routes/account-book.ts';
import { createAccountControlRoutes } from './routes/account-controls.ts';
import { createAccountSearchRoutes } from './routes/account-search.ts';
import { createAccountRoutes } from './routes/accounts.ts';
import { createAlertTargetRoutes } from './routes/alert-targets.ts';
import { createAuditRoutes } from './routes/audit.ts';
import { createBrakeRoutes } from './routes/brakes.ts';
import { createCalendarRoutes } from './routes/calendar.ts';
import { createDocs } from './routes/docs.ts';
import { createEventRoutes, type EventsDeps } from './routes/events.ts';
import { createHappeningRoutes } from './routes/happenings.ts';
import { createKeyRoutes } from './routes/keys.ts';
import { createMappingRoutes } from './routes/mappings.ts';
import { createMeRoutes } from './routes/me.ts';
import { createOrderRoutes } from './routes/orders.ts';
import { createPositionRoutes } from './routes/positions.ts';
import type { ReplayDeps } from './routes/replay-signal.ts';
import { createSendRoutes } from './routes/send-signal.ts';
import { createSignInRoutes } from './routes/sign-in.ts';
import { createSignalRoutes } from './routes/signals.ts';
import { createSquareOffPreviewRoutes } from './routes/square-off-preview.ts';
import { createStrategyRoutes } from './routes/strategies.ts';
import { createStrategyControlRoutes } from './routes/strategy-controls.ts';
import { createTodayRoutes } from './routes/today.ts';
import { createUserRoutes } from './routes/users.ts';

export interface ConsoleDeps extends SignUpDeps, OriginDeps, ReplayDeps, EventsDeps {
  queues: QueuesDeps;
  checks: HealthOptions['checks'];
  /** Counts the changes of each user. */
  changeLimit: RateLimit;
  adminEmail: string | undefined;
}

const queuesPath = '/queues';

/** The console: what people manage, as pages and as an API. */
export function createConsoleApp(deps: ConsoleDeps): OpenAPIHono<ConsoleEnv> {
  const app = createApi();
  app.use('*', keepToThisOrigin(), findOrigin(deps), refuseForeignHosts(deps.consoleUrl));
  app.route('/', createHealthApp({ service: 'console', checks: deps.checks }));
  app.use('*', refuseCrossSite(deps.consoleUrl), limitBody(), identify(deps));
  app.use('*', limitChanges(deps.changeLimit));
  app.route('/', createSignInPages(deps));
  app.route('/', createWebUi());
  const api = createRoutes(deps);
  app.route('/', api);
  app.route('/', createDocs(api));
  app.use(`${queuesPath}/*`, requireAccess('admin'));
  app.route(queuesPath, createQueues(deps.queues, queuesPath));
  app.notFound((context) => {
    return refusalAnswer(context, refuse('not_found', { text: 'There is no such page' }));
  });
  app.onError((error, context) =>
    errorAnswer(context, error, (fault) => {
      deps.log.error({ event: 'request_failed', err: fault, path: context.req.path }, 'a fault');
    }),
  );
  return app;
}

/** Every operation of the API; its type is what the client knows. */
export function createRoutes(deps: ConsoleDeps) {
  return createApi()
    .route('/', createSignInRoutes(deps))
    .route('/', createMeRoutes(deps))
    .route('/', createKeyRoutes(deps))
    .route('/', createUserRoutes(deps))
    .route('/', createAccountRoutes(deps))
    .route('/', createAccountControlRoutes(deps))
    .route('/', createAccountSearchRoutes(deps))
    .route('/', createAccountBookRoutes(deps))
    .route('/', createStrategyRoutes(deps))
    .route('/', createStrategyControlRoutes(deps))
    .route('/', createSquareOffPreviewRoutes(deps))
    .route('/', createMappingRoutes(deps))
    .route('/', createPositionRoutes(deps))
    .route('/', createSignalRoutes(deps))
    .route('/', createSendRoutes(deps))
    .route('/', createOrderRoutes(deps))
    .route('/', createTodayRoutes(deps))
    .route('/', createEventRoutes(deps))
    .route('/', createBrakeRoutes(deps))
    .route('/', createHappeningRoutes(deps))
    .route('/', createAlertTargetRoutes(deps))
    .route('/', createCalendarRoutes(deps))
    .route('/', createAuditRoutes(deps));
}

export type ConsoleRoutes = ReturnType<typeof createRoutes>;
