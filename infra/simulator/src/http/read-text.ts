import type { IncomingMessage } from 'node:http';

const MOST_BYTES = 1_048_576;

/**
 * Reads a request's body as UTF-8.
 *
 * @throws Error when the caller goes away, or sends more than a mebibyte
 */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
