import { type ConsoleDeps, createConsoleApp } from '@orderlane/console/app';
import { configSchema } from '@orderlane/console/config';
import { createConsoleDeps } from '@orderlane/console/create-console-deps';
import { type Db, openDb } from '@orderlane/db/open-db';
import { insertUser, setPasswordHash, type UserRow } from '@orderlane/db/users';
import type { UserRole } from '@orderlane/domain/user-role';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { openRateLimitRedis } from '@orderlane/queue/rate-limit';
import { parseConfig } from '@orderlane/runtime/config';
import { createLogger } from '@orderlane/runtime/log';
import { serveApp } from '@orderlane/runtime/serve-app';
import { testSecretKey } from './accounts.ts';
import { type FreshParts, freshParts } from './fresh-parts.ts';

export interface Called {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  text: string;
}

/** A caller: a browser with its cookies, or a program with its key. */
export interface Caller {
  get(path: string, headers?: Record<string, string>): Promise<Called>;
  post(path: string, json?: unknown, headers?: Record<string, string>): Promise<Called>;
  /** The headers by which the console knows it. */
  credentials(): Record<string, string>;
}

export interface TestConsole extends AsyncDisposable {
  readonly url: string;
  readonly parts: FreshParts;
  readonly db: Db;
  readonly deps: ConsoleDeps;
  /** A browser that nobody has signed in with. */
  browser(): Caller;
  program(key: string): Caller;
  addUser(user: { name: string; role: UserRole; tenant?: string }): Promise<UserRow>;
  /** A browser with a session of this user; made by `addUser`. */
  signedIn(user: UserRow): Promise<Caller>;
  /** Adds a user and signs in. */
  person(user: {
    name: string;
    role: UserRole;
    tenant?: string;
  }): Promise<Caller & { user: UserRow }>;
}

export const testPassword = 'a password of tests';

const generous = { SIGN_IN_RATE_LIMIT: '1000 per minute', STRATEGY_RATE_LIMIT: '1000 per minute' };

/** The real console on a port of its own, in the test's process. */
export async function openConsole(env: Record<string, string> = {}): Promise<TestConsole> {
  const stack = new AsyncDisposableStack();
  const parts = stack.use(await freshParts());
  const { redisUrl, redisPrefix: prefix, databaseUrl } = parts;
  const places = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, REDIS_PREFIX: prefix };
  const given = { ...places, ORDERLANE_SECRET_KEY: testSecretKey, ...generous, ...env };
  const config = parseConfig(configSchema, given);
  const opened = openDb({ databaseUrl, poolSize: 10 });
  stack.defer(async () => await opened.close());
  const redis = openRedis({ redisUrl, prefix }, () => undefined);
  stack.defer(() => closeRedis(redis));
  const limitRedis = openRateLimitRedis({ redisUrl, prefix }, () => undefined);
  stack.defer(() => closeRedis(limitRedis));
  const log = createLogger({ service: 'console', level: 'silent' });
  const stopping = new AbortController();
  const { db } = opened;
  const { signal: shutdown } = stopping;
  const deps = await createConsoleDeps({ config, db, redis, limitRedis, log, shutdown });
  const app = createConsoleApp(deps);
  const listening = { app, host: '127.0.0.1', port: 0, portVariable: 'CONSOLE_PORT' };
  const served = stack.use(await serveApp(listening));
  stack.defer(() => stopping.abort());
  const url = `http://127.0.0.1:${served.port}`;
  const users = createUsers({ deps, url });
  return {
    url,
    parts,
    deps,
    db,
    browser: () => createBrowser(url),
    program: (key) => createCaller(url, { fixed: { authorization: `Bearer ${key}` } }),
    ...users,
    [Symbol.asyncDispose]: async () => await stack.disposeAsync(),
  };
}

function createUsers({ deps, url }: { deps: ConsoleDeps; url: string }) {
  const addUser: TestConsole['addUser'] = async ({ name, role, tenant }) => {
    const id = name === 'owner' ? 'owner' : `user-${name}`;
    const values = { id, name, email: `${name}@example.com`, role, tenantId: tenant ?? id };
    const user = await insertUser(deps.db, values);
    const { password } = await deps.auths.plain.$context;
    await setPasswordHash(deps.db, { userId: id, hash: await password.hash(testPassword) });
    return user;
  };
  const signedIn: TestConsole['signedIn'] = async ({ email }) => {
    const caller = createBrowser(url);
    const { status, text } = await caller.post('/sign-in', { email, password: testPassword });
    if (status !== 200) throw new Error(`Not signed in: ${text}`);
    return caller;
  };
  const person: TestConsole['person'] = async (asked) => {
    const user = await addUser(asked);
    return { ...(await signedIn(user)), user };
  };
  return { addUser, signedIn, person };
}

/** Keeps its cookies, and says in its requests that they come from the console's own page. */
export function createBrowser(url: string): Caller {
  return createCaller(url, { fixed: { origin: url }, cookies: new Map() });
}

interface CallerState {
  fixed: Record<string, string>;
  cookies?: Map<string, string>;
}

function createCaller(url: string, state: CallerState): Caller {
  const credentials = () => ({ ...state.fixed, ...cookieHeader(state.cookies) });
  const call = async (path: string, init: RequestInit): Promise<Called> => {
    const headers = { ...credentials(), ...(init.headers as Record<string, string>) };
    const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init, headers });
    for (const set of response.headers.getSetCookie()) keepCookie(state.cookies, set);
    const text = await textOf(response);
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text, body };
  };
  return {
    credentials,
    get: async (path, headers = {}) => await call(path, { headers }),
    post: async (path, json, headers = {}) => {
      const isJson = json !== undefined && typeof json !== 'string';
      return await call(path, {
        method: 'POST',
        headers: { ...(isJson && { 'content-type': 'application/json' }), ...headers },
        ...(json !== undefined && { body: isJson ? JSON.stringify(json) : (json as string) }),
      });
    },
  };
}

/** Of a stream without end its beginning. */
async function textOf(response: Response): Promise<string> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (!isStream || response.body === null) return await response.text();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const { value = '' } = await reader.read();
  await reader.cancel();
  return value;
}

function cookieHeader(cookies: Map<string, string> | undefined): Record<string, string> {
  const pairs = [...(cookies ?? [])].map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? {} : { cookie: pairs.join('; ') };
}

function keepCookie(cookies: Map<string, string> | undefined, set: string): void {
  const [pair = '', ...attributes] = set.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at);
  if (attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute))) cookies?.delete(name);
  else cookies?.set(name, pair.slice(at + 1));
}
