import { serve } from '@hono/node-server';
import { Hono } from 'hono';

/** The yardstick: an echo of the same body by the same framework, which stores and checks nothing. */
const app = new Hono();
app.get('/readyz', (context) => context.json({ status: 'success' }));
app.post('/echo', async (context) => context.json(await context.req.json()));

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.argv[2]) });
