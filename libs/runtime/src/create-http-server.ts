import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener, RequestError } from '@hono/node-server';
import type { Hono } from 'hono';

/** Headers and body must be there by then, looked at every second (ms). */
const REQUEST_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 1_000;

/**
 * Serves an app over HTTP. What is no request that an app could see (broken, too large in its
 * headers, too slow) is answered in the same form as everything else.
 */
export function createHttpServer(app: Pick<Hono, 'fetch'>): Server {
  const listener = getRequestListener(app.fetch, {
    // For the few callers that name no host.
    hostname: 'localhost',
    errorHandler: (error) => answerFault(error instanceof RequestError ? 400 : 500),
  });
  const options = {
    requestTimeout: REQUEST_WITHIN_MS,
    headersTimeout: REQUEST_WITHIN_MS,
    connectionsCheckingInterval: LOOK_EVERY_MS,
    requireHostHeader: false,
  };
  const server = createServer(options, (incoming, outgoing) => void listener(incoming, outgoing));
  return server.on('clientError', answerUnreadable);
}

function answerFault(status: 400 | 500): Response {
  return new Response(bodyFor(status), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

const statusByCode: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = statusByCode[error.code ?? ''] ?? 400;
  const body = bodyFor(status);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function bodyFor(status: number): string {
  if (status === 500) {
    return JSON.stringify({
      status: 'error',
      code: 'internal_error',
      error: 'Internal server error',
    });
  }
  const error = `The request cannot be read: ${STATUS_CODES[status]}`;
  return JSON.stringify({ status: 'error', code: 'unreadable_request', error });
}
