import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router';
import { NotFound, PageFault } from './shell/faults.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

type Search = Record<string, string>;

/** Filters and tabs live in the address, so that a page can be linked to as it is. */
function readSearch(given: Record<string, unknown>): Search {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
}

type Load = Parameters<typeof lazyRouteComponent>[0];

function page(path: string, load: Load, name: string) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load, name as never),
    errorComponent: PageFault,
    validateSearch: readSearch,
  });
}

const routes = [
  page('/', async () => await import('./pages/today/today.tsx'), 'Today'),
  page('/strategy', async () => await import('./pages/strategies/strategies.tsx'), 'Strategies'),
  page(
    '/strategy/new',
    async () => await import('./pages/strategy/new-strategy.tsx'),
    'NewStrategy',
  ),
  page(
    '/strategy/$id',
    async () => await import('./pages/strategy/strategy-page.tsx'),
    'StrategyPage',
  ),
  page(
    '/strategy/$id/edit',
    async () => await import('./pages/strategy/edit-strategy.tsx'),
    'EditStrategy',
  ),
  page('/needs-you', async () => await import('./pages/needs-you/needs-you.tsx'), 'NeedsYou'),
  page('/start', async () => await import('./pages/start/start.tsx'), 'Start'),
  page('/reach', async () => await import('./pages/start/reach.tsx'), 'Reach'),
  page('/signals', async () => await import('./pages/signals/signals.tsx'), 'Signals'),
  page('/signals/$id', async () => await import('./pages/signals/signal-page.tsx'), 'SignalPage'),
  page('/orders', async () => await import('./pages/orders/orders.tsx'), 'Orders'),
  page('/orders/$id', async () => await import('./pages/orders/order-page.tsx'), 'OrderPage'),
  page('/positions', async () => await import('./pages/positions/positions.tsx'), 'Positions'),
  page('/closings', async () => await import('./pages/log/closings.tsx'), 'Closings'),
  page('/square-offs', async () => await import('./pages/log/square-offs.tsx'), 'SquareOffs'),
  page('/alerts', async () => await import('./pages/log/alerts.tsx'), 'Alerts'),
  page('/alert-targets', async () => await import('./pages/log/alert-targets.tsx'), 'AlertTargets'),
  page('/audit', async () => await import('./pages/log/audit.tsx'), 'Audit'),
  page('/calendar', async () => await import('./pages/log/calendar.tsx'), 'Calendar'),
  page('/brakes', async () => await import('./pages/brakes/brakes.tsx'), 'Brakes'),
  page('/accounts', async () => await import('./pages/accounts/accounts.tsx'), 'Accounts'),
  page('/accounts/new', async () => await import('./pages/accounts/new-account.tsx'), 'NewAccount'),
  page('/accounts/$id', async () => await import('./pages/accounts/account.tsx'), 'AccountPage'),
  page(
    '/accounts/$id/edit',
    async () => await import('./pages/accounts/edit-account.tsx'),
    'EditAccount',
  ),
  page('/users', async () => await import('./pages/people/users.tsx'), 'Users'),
  page('/keys', async () => await import('./pages/people/keys.tsx'), 'Keys'),
  page('/me', async () => await import('./pages/people/me.tsx'), 'Me'),
];

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  trailingSlash: 'never',
});
