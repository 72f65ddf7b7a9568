import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findOnPath } from '@orderlane/local/find-on-path';
import { poll } from '@orderlane/local/poll';
import { startChild } from '@orderlane/local/start-child';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { describe } from 'vitest';
import { readBaseEnvironment, readCaddyRequired, readSearchPath } from './config.ts';
import { freePort } from './free-port.ts';
import type { FreshParts } from './fresh-parts.ts';
import { startProcess, type TestProcess } from './start-process.ts';

const program = await findOnPath('caddy', readSearchPath());
const isLeftOut = program === undefined && !readCaddyRequired();

if (isLeftOut) process.stderr.write('\nNO CADDY ON THE PATH: the Caddyfile is NOT CHECKED.\n\n');

/** Runs where Caddy is installed (Debian's `caddy`); where TEST_CADDY=required it has to be. */
export const describeWithCaddy = describe.skipIf(isLeftOut);

/** Whether it can try another ingress with a body that it could not deliver: from 2.11.3 on. */
export async function doesCaddyRetryBodies(): Promise<boolean> {
  if (program === undefined) return false;
  const { stdout } = await promisify(execFile)(program, ['version']);
  const [major = 0, minor = 0, patch = 0] = stdout.replace(/^v/, '').split(/[.\s]/).map(Number);
  return major > 2 || (major === 2 && (minor > 11 || (minor === 11 && patch >= 3)));
}

export interface Caddy extends AsyncDisposable {
  /** Its address, by the name that it knows. */
  readonly url: string;
  readonly port: number;
  /** The port at which it looks for ingresses, at 127.0.0.16 to 127.0.0.31. */
  readonly ingressPort: number;
  /** For Prometheus. */
  readonly metricsPort: number;
  tail(): string;
}

/** The Caddyfile of the containers as it is, without TLS and on this machine's own addresses. */
export async function startCaddy(consoleUpstream: string): Promise<Caddy> {
  if (program === undefined) throw new Error('There is no caddy on the PATH');
  const folder = await makeTemporaryFolder();
  const [port, ingressPort] = [await freePort(), await freePort()];
  const metricsPort = await freePort();
  const caddyfile = fileURLToPath(new URL('../../infra/docker/Caddyfile', import.meta.url));
  const child = await startChild({
    name: 'caddy',
    command: program,
    args: ['run', '--adapter', 'caddyfile', '--config', caddyfile],
    env: {
      ...readBaseEnvironment(),
      XDG_DATA_HOME: folder.path,
      XDG_CONFIG_HOME: folder.path,
      PUBLIC_URL: 'http://localhost',
      HTTP_PORT: String(port),
      EDGE_NETWORK: '127.0.0',
      INGRESS_PORT: String(ingressPort),
      METRICS_PORT: String(metricsPort),
      CONSOLE_UPSTREAM: consoleUpstream,
    },
    stopSignal: 'SIGTERM',
  });
  await poll(
    async () => ((await ask(port, { path: '/healthz' })).status === 404 ? true : undefined),
    {
      what: 'Caddy answers',
      withinMs: 20_000,
      check: () => {
        if (child.hasExited()) throw new Error(`Caddy ended:\n${child.tail()}`);
      },
    },
  );
  return {
    ...{ port, ingressPort, metricsPort, url: `http://localhost:${port}` },
    tail: () => child.tail(),
    [Symbol.asyncDispose]: async () => {
      await child.stop(5_000);
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** An ingress at an address where Caddy looks for one; it trusts Caddy alone. */
export async function startIngressBehind(
  caddy: Caddy,
  args: { parts: FreshParts; last: number; env?: Record<string, string> },
): Promise<TestProcess> {
  const { parts, last } = args;
  const ingress = await startProcess({
    name: 'ingress',
    entry: 'services/ingress/src/main.ts',
    env: {
      DATABASE_URL: parts.databaseUrl,
      REDIS_URL: parts.redisUrl,
      REDIS_PREFIX: parts.redisPrefix,
      LISTEN_HOST: `127.0.0.${last}`,
      INGRESS_PORT: String(caddy.ingressPort),
      TRUSTED_PROXIES: '127.0.0.1',
      ...args.env,
    },
  });
  await ingress.waitForEvent('service_started');
  return ingress;
}

export interface Asked {
  path: string;
  method?: string;
  body?: string;
  headers?: Record<string, string>;
  /** The address that the call comes from. */
  from?: string;
  /** The name that is called; localhost is the one that Caddy knows. */
  host?: string;
}

/** A call of Caddy whose path goes out as it is written. */
export async function ask(port: number, asked: Asked) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number;
    headers: Record<string, string | string[] | undefined>;
    body: string;
  }>();
  const call = request(
    {
      ...{ host: '127.0.0.1', port, path: asked.path, method: asked.method ?? 'GET', agent: false },
      headers: { host: `${asked.host ?? 'localhost'}:${port}`, ...asked.headers },
      ...(asked.from !== undefined && { localAddress: asked.from }),
    },
    (response) => {
      const { statusCode: status = 0, headers } = response;
      text(response).then((body) => resolve({ status, headers, body }), reject);
    },
  );
  call.on('error', reject).end(asked.body);
  return await promise;
}
