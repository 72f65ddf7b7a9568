import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

const statusByCode: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Whoever is told off may read the answer for so long, and then is cut off (ms). */
const LEAVE_WITHIN_MS = 1_000;

/** Answers what Node's parser could not read, or not in time, and ends the connection. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = statusByCode[error.code ?? ''] ?? 400;
  const body = unreadableBody(status);
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
  // The end of our side does not end theirs: a client that goes on dripping would hold the socket.
  setTimeout(() => socket.destroy(), LEAVE_WITHIN_MS).unref();
}

/** The body of such an answer, in the form of every other refusal. */
export function unreadableBody(status: number): string {
  const error = `The request cannot be read: ${STATUS_CODES[status]}`;
  return JSON.stringify({ status: 'error', code: 'unreadable_request', error });
}
