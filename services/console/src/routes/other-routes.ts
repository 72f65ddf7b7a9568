import type { RouteAccess } from '../http/access.ts';

interface OtherRoute {
  method: 'GET' | 'POST';
  path: string;
  access: RouteAccess;
  what: string;
}

/** Who may call what is no operation of the API: pages, health, Bull Board. */
export const otherRoutes: readonly OtherRoute[] = [
  { method: 'GET', path: '/sign-in', access: 'public', what: 'the page' },
  { method: 'GET', path: '/sign-in/link', access: 'public', what: 'the page of a one-time link' },
  { method: 'GET', path: '/assets/{file}', access: 'public', what: 'what the pages load' },
  { method: 'GET', path: '/needs-you', access: 'read', what: 'a page' },
  { method: 'GET', path: '/alert-targets', access: 'read', what: 'the page of who is told' },
  { method: 'GET', path: '/start', access: 'read', what: 'the page of first steps' },
  { method: 'GET', path: '/reach', access: 'read', what: 'a page' },
  { method: 'GET', path: '/healthz', access: 'public', what: 'the process runs' },
  { method: 'GET', path: '/readyz', access: 'public', what: 'it can do its work' },
  { method: 'GET', path: '/metrics', access: 'public', what: 'of the process, for Prometheus' },
  { method: 'GET', path: '/openapi.json', access: 'public', what: 'the API as OpenAPI 3.1' },
  { method: 'GET', path: '/docs', access: 'public', what: 'shows it' },
  { method: 'GET', path: '/docs/{file}', access: 'public', what: 'what that page loads' },
  { method: 'GET', path: '/queues/*', access: 'admin', what: 'Bull Board, read-only' },
];
