import { Hono } from 'hono';
import { html } from 'hono/html';
import { requireAccess } from '../http/access.ts';
import type { ConsoleContext, ConsoleEnv } from '../http/console-env.ts';
import { nonceOf } from '../http/own-content.ts';
import { prefersHtml } from '../http/prefers-html.ts';
import { layout } from './layout.ts';
import { createWebFiles, readWebPage } from './web-files.ts';

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

/** Pages that are no address of the API. */
const pagesAlone = ['/needs-you', '/alert-targets', '/start', '/reach'] as const;

/** The web UI's page for browsers; it finds its way by the address, and everything else as JSON. */
export function createWebUi(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>({ strict: false });
  const mayLook = requireAccess('read');
  app.route('/', createWebFiles());
  for (const path of [...webUiPaths, ...pagesAlone]) {
    app.get(path, async (context, next) => {
      context.header('vary', 'Accept', { append: true });
      if (!prefersHtml(context)) {
        await next();
        return;
      }
      return await mayLook(context, async () => {
        context.res = await showPage(context);
      });
    });
  }
  return app;
}

async function showPage(context: ConsoleContext): Promise<Response> {
  const page = await readWebPage(nonceOf(context));
  context.header('cache-control', 'no-store');
  if (page !== undefined) return context.html(page);
  return await context.html(notBuilt(context.get('caller')?.email ?? ''), 503);
}

function notBuilt(email: string) {
  return layout(
    'Not built yet',
    html`<p>You are signed in as ${email}. The console's pages have not been built: stop it, run
<code>npm run build</code>, and start it again. <code>npm start</code> does that by itself.</p>
<ul>
<li><a href="/docs">What the API offers, to try out</a></li>
<li><a href="/queues">What waits on the lanes</a> (administrators)</li>
</ul>
<form method="post" action="/sign-out"><button>Sign out</button></form>`,
  );
}
