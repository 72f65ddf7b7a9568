import { request as httpRequest } from 'node:http';
import type { Exchange } from './recording.ts';

const TIMEOUT_MS = 30_000;

/**
 * Sends a recorded request with its headers and no others of meaning.
 *
 * @throws Error when no answer comes
 */
export function sendRequest(
  base: string,
  request: Exchange['request'],
): Promise<Exchange['response']> {
  const { body } = request;
  const text = body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(`${base}${request.path}`, {
      method: request.method,
      headers: { ...request.headers, 'content-length': Buffer.byteLength(text) },
      timeout: TIMEOUT_MS,
    });
    sent.once('timeout', () => sent.destroy(new Error(`no answer in ${TIMEOUT_MS} ms`)));
    sent.once('error', reject);
    sent.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const answer = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, body: parsed(answer) });
      });
    });
    sent.end(text);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
