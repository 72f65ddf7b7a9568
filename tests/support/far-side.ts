import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';

/** A server of a test's own on loopback, closed with `await using`. */
interface FarSide extends AsyncDisposable {
  port: number;
  url: string;
  /** Connections that were accepted, oldest first. */
  sockets: Socket[];
}

/** One request as it arrived, with its whole body. */
export interface Heard {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  socket: Socket;
}

export interface HttpFarSide extends FarSide {
  heard: Heard[];
}

type Answerer = (response: ServerResponse, heard: Heard) => void;

/** Speaks HTTP: hears the whole request, then lets `answer` answer. */
export async function startHttpServer(answer: Answerer): Promise<HttpFarSide> {
  const heard: Heard[] = [];
  const server = createHttpServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Heard = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        socket: request.socket,
      };
      heard.push(one);
      answer(response, one);
    });
  });
  return { ...(await listen(server)), heard };
}

/** Speaks nothing by itself: `onConnection` does with the bytes what it likes. */
export async function startTcpServer(onConnection: (socket: Socket) => void): Promise<FarSide> {
  return await listen(createTcpServer(onConnection));
}

/** Ends a response with JSON. */
export function answerJson(response: ServerResponse, httpStatus: number, body: unknown): void {
  response.writeHead(httpStatus, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function listen(server: Server): Promise<FarSide> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    sockets,
    [Symbol.asyncDispose]: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      for (const socket of sockets) socket.destroy();
      await closed.promise;
    },
  };
}
