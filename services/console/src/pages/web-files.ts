import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Hono } from 'hono';
import type { ConsoleEnv } from '../http/console-env.ts';

const built = new URL('../../web/dist/', import.meta.url);

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The page of the web UI, for one answer; undefined where it was never built. */
export async function readWebPage(nonce: string): Promise<string | undefined> {
  const page = await readFile(new URL('index.html', built), 'utf8').catch(() => undefined);
  return page?.replaceAll('__NONCE__', nonce);
}

/** What that page loads. The names hold a hash of the content, so that browsers may keep them. */
export function createWebFiles(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  app.get('/assets/:file{[\\w.-]+}', async (context, next) => {
    const name = context.req.param('file');
    const type = types[extname(name)];
    if (type === undefined) {
      await next();
      return;
    }
    const takesBrotli = /\bbr\b/.test(context.req.header('accept-encoding') ?? '');
    const small = takesBrotli ? await readAsset(`${name}.br`) : undefined;
    const file = small ?? (await readAsset(name));
    if (file === undefined) {
      await next();
      return;
    }
    context.header('content-type', type);
    context.header('cache-control', 'public, max-age=31536000, immutable');
    context.header('vary', 'Accept-Encoding');
    if (small !== undefined) context.header('content-encoding', 'br');
    return context.body(file);
  });
  return app;
}

async function readAsset(name: string): Promise<Buffer<ArrayBuffer> | undefined> {
  return await readFile(new URL(`assets/${name}`, built)).catch(() => undefined);
}
