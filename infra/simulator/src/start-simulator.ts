import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { handleRequest } from './http/handle-request.ts';
import { keepBooks } from './keep-books.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator, type Simulator } from './simulator.ts';

/** So that whoever asks for an outage still gets an answer. */
const TIME_TO_ANSWER_MS = 20;

/** A simulator that listens. */
export interface RunningSimulator {
  /** `http://127.0.0.1:<port>`, what OpenAlgo's users call HOST_SERVER. */
  readonly url: string;
  readonly port: number;
  /** Its state, for tests in the same process; others use `/control`. */
  readonly simulator: Simulator;
  /** Stops listening and resets every connection, as a killed process does; the books stay. */
  goDown(): Promise<void>;
  /** Listens again, at the same port. */
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

/** Where to listen; 0 takes any free port. */
export interface ListenOptions {
  readonly port?: number;
  readonly host?: string;
  /** Where the books are kept, so that the next start goes on with them; nowhere when left out. */
  readonly booksFile?: string | undefined;
}

/**
 * Starts a simulator.
 *
 * @throws Error when the port is taken, or the file of the books holds something else
 */
export async function startSimulator(
  options: Partial<SimulatorOptions> & ListenOptions = {},
): Promise<RunningSimulator> {
  const { port = 0, host = '127.0.0.1', booksFile, ...rest } = options;
  const simulator = createSimulator(rest);
  const saveBooks = booksFile === undefined ? () => undefined : keepBooks(simulator, booksFile);
  const sockets = new Set<Socket>();
  const dropConnections = (except?: Socket) => {
    for (const socket of sockets) if (socket !== except) socket.resetAndDestroy();
  };
  const server = createServer((request, response) => {
    const parts = { simulator, saveBooks, server: { dropConnections, outage } };
    handleRequest(parts, request, response);
  });
  const outage = (lengthMs: number) => {
    setTimeout(() => {
      void goDown();
      simulator.timers.after(lengthMs, () => void comeBack());
    }, TIME_TO_ANSWER_MS);
  };
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
  });
  const taken = await listen(server, { port, host });
  const comeBack = async () => void (await listen(server, { port: taken, host }));
  const goDown = () => {
    const closed = close(server);
    dropConnections();
    return closed;
  };
  return {
    url: `http://${host}:${taken}`,
    port: taken,
    simulator,
    goDown,
    comeBack,
    stop: async () => {
      simulator.timers.stop();
      saveBooks();
      if (server.listening) await goDown();
    },
  };
}

function listen(server: Server, at: { port: number; host: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
