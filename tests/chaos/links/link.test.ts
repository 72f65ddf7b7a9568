import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort } from '../../support/free-port.ts';
import { type Link, openLink } from './link.ts';

let server: Server;
let link: Link;
let caller: Socket;
let received: string;

beforeEach(async () => {
  received = '';
  server = createServer((socket) => {
    socket.on('data', (piece) => (received += String(piece)));
    // The link resets its connections when it is closed.
    socket.on('error', () => undefined);
  });
  const targetPort = await freePort();
  server.listen(targetPort, '127.0.0.1');
  await once(server, 'listening');
  const port = await freePort();
  link = await openLink({ port, targetPort });
  caller = connect({ port, host: '127.0.0.1', noDelay: true });
  caller.on('error', () => undefined);
  await once(caller, 'connect');
});
afterEach(async () => {
  caller.destroy();
  await link.close();
  server.close();
});

/** Holds up this process, and the link with it. */
function beBusy(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until; );
}

it('what was sent while it was slow arrives before what was sent afterwards, on a busy machine too', async () => {
  await link.set({ mode: 'slow', ms: 60 });
  caller.write('1');
  await sleep(20);
  caller.write('2');
  await sleep(20);
  await link.set({ mode: 'open' });
  caller.write('3');
  beBusy(60);
  await sleep(1);
  beBusy(20);
  caller.write('4');
  await expect.poll(() => received).toBe('1234');
});

it('what is slow arrives late, and then', async () => {
  await link.set({ mode: 'slow', ms: 100 });
  caller.write('late');
  await sleep(50);
  expect(received).toBe('');
  await expect.poll(() => received).toBe('late');
});
