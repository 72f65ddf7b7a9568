import { readFile } from 'node:fs/promises';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { ConsoleEnv } from '../http/console-env.ts';
import { describeApi } from './describe-api.ts';

const styles = new URL(import.meta.resolve('swagger-ui-dist/swagger-ui.css'));
const script = new URL(import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'));

/** What the page at /docs loads, all of it from here. */
const files: Record<string, { type: string; read: () => Promise<string> }> = {
  'swagger-ui.css': {
    type: 'text/css',
    read: async () => await readFile(styles, 'utf8'),
  },
  'swagger-ui-bundle.js': {
    type: 'text/javascript',
    read: async () => await readFile(script, 'utf8'),
  },
  'start.js': {
    type: 'text/javascript',
    read: async () =>
      await Promise.resolve(
        "SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });\n",
      ),
  },
};

/** `/openapi.json`, and `/docs` that shows it. */
export function createDocs(api: OpenAPIHono<ConsoleEnv>): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  app.get('/openapi.json', (context) => context.json(describeApi(api)));
  app.get('/docs', async (context) => await context.html(page()));
  app.get('/docs/:file', async (context, next) => {
    const file = files[context.req.param('file')];
    if (file === undefined) {
      await next();
      return;
    }
    context.header('content-type', `${file.type}; charset=utf-8`);
    context.header('cache-control', 'max-age=3600');
    return context.body(await file.read());
  });
  return app;
}

function page() {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Orderlane</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>`;
}
