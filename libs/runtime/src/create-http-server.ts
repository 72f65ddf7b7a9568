import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';
import { answerUnreadable, unreadableBody } from './answer-unreadable.ts';
import { type HttpLimits, httpLimits } from './http-limits.ts';

/**
 * What every answer says, also of a fault, unless the app says it otherwise (the console's pages do):
 * it is no page, nobody keeps it, and nobody learns the address.
 */
const headersOfAll = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/**
 * Serves an app over HTTP: the only place that makes a server of ours. What is no request that an app
 * could see (broken, too large in its headers, too slow) is answered in the same form as everything else.
 */
export function createHttpServer(
  app: Pick<Hono, 'fetch'>,
  limits: HttpLimits = httpLimits,
): Server {
  const listener = getRequestListener(app.fetch, {
    // For the few callers that name no host.
    hostname: 'localhost',
    errorHandler: (error) => answerFault(error instanceof RequestError ? 400 : 500),
  });
  const server = createServer(
    {
      requestTimeout: limits.requestWithinMs,
      headersTimeout: limits.requestWithinMs,
      connectionsCheckingInterval: limits.lookEveryMs,
      keepAliveTimeout: limits.keepAliveMs,
      maxHeaderSize: limits.maxHeaderBytes,
      requireHostHeader: false,
    },
    (incoming, outgoing) => {
      outgoing.setHeaders(new Map(Object.entries(headersOfAll)));
      if (hasTooManyHeaders(incoming, limits)) refuseHeaders(outgoing);
      else void listener(incoming, outgoing);
    },
  );
  // Whoever does not take the answer: a socket on which nothing moves.
  server.timeout = limits.idleSocketMs;
  server.maxConnections = limits.maxConnections;
  // Those beyond Node's own bound would be left out in silence, and an Idempotency-Key with them.
  server.maxHeadersCount = 0;
  return server.on('clientError', answerUnreadable);
}

function hasTooManyHeaders({ rawHeaders }: IncomingMessage, { maxHeaders }: HttpLimits): boolean {
  return rawHeaders.length / 2 > maxHeaders;
}

function refuseHeaders(outgoing: ServerResponse): void {
  const body = unreadableBody(431);
  outgoing.setHeader('Content-Type', 'application/json');
  outgoing.setHeader('Content-Length', Buffer.byteLength(body));
  outgoing.writeHead(431, { Connection: 'close' }).end(body);
}

function answerFault(status: 400 | 500): Response {
  const headers = { 'content-type': 'application/json' };
  return new Response(status === 400 ? unreadableBody(400) : internalErrorBody, {
    status,
    headers,
  });
}

const internalErrorBody = JSON.stringify({
  status: 'error',
  code: 'internal_error',
  error: 'Internal server error',
});
