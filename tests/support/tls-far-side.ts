import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createServer, type TlsOptions } from 'node:tls';
import { startTcpServer } from './far-side.ts';

/**
 * A TLS front before a plain server on loopback that lets nothing through, not even the handshake,
 * until `opening` is done; with `delayMs`, no connection before it is so old (ms).
 */
export async function startTlsFront(args: {
  behindPort: number;
  tls: TlsOptions;
  opening?: Promise<void>;
  delayMs?: number;
}) {
  const secure = createServer(args.tls, (socket) => {
    join(socket, connect(args.behindPort, '127.0.0.1'));
  });
  const front = await startTcpServer((socket) => {
    socket.pause();
    void (args.opening ?? sleep(args.delayMs ?? 0)).then(() => secure.emit('connection', socket));
  });
  return { ...front, url: `https://127.0.0.1:${front.port}` };
}

function join(left: Socket, right: Socket): void {
  left.on('error', () => right.destroy());
  right.on('error', () => left.destroy());
  left.pipe(right).pipe(left);
}
