import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawCall {
  socket: Socket;
  /** All that came back when the far side closes. */
  answer: Promise<string>;
}

/** Writes bytes as they are to a server, as only a broken or hostile sender would. */
export async function callRaw(url: string, ...parts: (string | Uint8Array)[]): Promise<RawCall> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const answer = once(socket, 'close').then(() => text);
  for (const part of parts) socket.write(part);
  return { socket, answer };
}

/** Status and JSON body of one HTTP answer. */
export function parseAnswer(text: string): { status: number; body: unknown } {
  const [head = '', body = ''] = text.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), body: JSON.parse(body) };
}

/**
 * Writes the first bytes and then goes on, a few at a time and whatever comes back, until the far side
 * has cut the connection; what came back.
 */
export async function dripRaw(url: string, first: string, bytes: string): Promise<string> {
  const { port } = new URL(url);
  const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
  const gone = Promise.withResolvers<void>();
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  // Its writes fail once it is cut off.
  socket.on('error', () => undefined);
  socket.on('close', () => gone.resolve());
  socket.write(first);
  const dripping = setInterval(() => socket.write(bytes), 100);
  await gone.promise;
  clearInterval(dripping);
  return text;
}
