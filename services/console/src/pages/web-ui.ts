import { Hono } from 'hono';
import { html } from 'hono/html';
import { requireAccess } from '../http/access.ts';
import type { ConsoleEnv } from '../http/console-env.ts';
import { prefersHtml } from '../http/prefers-html.ts';
import { layout } from './layout.ts';

/** The addresses at which a browser gets the web UI and a program JSON. */
export const webUiPaths = [
  '/',
  '/strategy',
  '/strategy/new',
  '/strategy/:id{\\d+}',
  '/strategy/:id{\\d+}/edit',
  '/strategy/:id{\\d+}/symbols',
  '/signals',
  '/signals/:id',
  '/orders',
  '/orders/:id',
  '/accounts',
  '/accounts/new',
  '/accounts/:id{\\d+}',
  '/accounts/:id{\\d+}/edit',
  '/positions',
  '/closings',
  '/brakes',
  '/square-offs',
  '/alerts',
  '/calendar',
  '/audit',
  '/users',
  '/keys',
  '/me',
] as const;

/**
 * The web UI's page for browsers. There is none yet: whoever builds it answers with it here, for all
 * of these addresses, and finds everything else as JSON at the same ones.
 */
export function createWebUi(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  const mayLook = requireAccess('read');
  for (const path of webUiPaths) {
    app.get(path, async (context, next) => {
      context.header('vary', 'Accept', { append: true });
      if (!prefersHtml(context)) {
        await next();
        return;
      }
      return await mayLook(context, async () => {
        context.res = await context.html(notYet(context.get('caller')?.email ?? ''));
      });
    });
  }
  return app;
}

function notYet(email: string) {
  return layout(
    'Orderlane',
    html`<p>You are signed in as ${email}. There are no pages here yet: programs get JSON at this address
(<code>Accept: application/json</code>).</p>
<ul>
<li><a href="/docs">What the API offers, to try out</a></li>
<li><a href="/queues">What waits on the lanes</a> (administrators)</li>
</ul>
<form method="post" action="/sign-out"><button>Sign out</button></form>`,
  );
}
