import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hono } from 'hono';
import { ConfigError } from './config-error.ts';
import { createHttpServer } from './create-http-server.ts';

export interface ServeOptions {
  app: Pick<Hono, 'fetch'>;
  host: string;
  /** 0 lets the system choose one. */
  port: number;
  /** The environment variable that chooses the port, named when it is taken. */
  portVariable: string;
  /**
   * How long it goes on taking requests once it is to stop (ms; 0), while /readyz says so: a load balancer
   * needs that long to send its callers elsewhere.
   */
  noticeMs?: number;
}

export interface ServedApp extends AsyncDisposable {
  /** The port that it listens on. */
  readonly port: number;
}

/** A request that is still running when we stop may take this long to its end. */
const DRAIN_WITHIN_MS = 10_000;

/**
 * Listens; disposing lets running requests end and takes no new ones.
 * @throws ConfigError that names the variable when the port or host cannot be used
 */
export async function serveApp(options: ServeOptions): Promise<ServedApp> {
  const server = createHttpServer(options.app);
  const notice = giveNotice(server, options.noticeMs ?? 0);
  try {
    server.listen(options.port, options.host);
    await once(server, 'listening');
  } catch (error) {
    throw cannotListen(options, error);
  }
  const { port } = server.address() as AddressInfo;
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      await notice();
      await drain(server);
    },
  };
}

/**
 * From the notice on each answer ends its connection: whoever reuses one must not meet a server that
 * has just closed it, for a POST that breaks there is not sent again.
 */
function giveNotice(server: Server, noticeMs: number): () => Promise<void> {
  let isStopping = false;
  server.prependListener('request', (_request, response) => {
    if (isStopping) response.shouldKeepAlive = false;
  });
  return async () => {
    isStopping = true;
    if (noticeMs > 0) await sleep(noticeMs);
  };
}

async function drain(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_WITHIN_MS);
  await closed;
  clearTimeout(late);
}

function cannotListen({ port, host, portVariable }: ServeOptions, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const problem = {
    EADDRINUSE: `is ${port}, and that port on ${host} is taken: stop what uses it, or set another`,
    EACCES: `is ${port}, and this user may not listen there: set one above 1023`,
    EADDRNOTAVAIL: `cannot be used: this machine has no address ${host} (LISTEN_HOST)`,
  }[String(code)];
  return problem ? new ConfigError([{ variable: portVariable, problem }], error) : error;
}
