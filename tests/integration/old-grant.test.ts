import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type OpenedDb, openDb } from '@orderlane/db/open-db';
import type { OrderId } from '@orderlane/domain/ids';
import { callOpenAlgo } from '@orderlane/executor/call-openalgo';
import { type ExecuteOrderDeps, executeOrder } from '@orderlane/executor/execute-order';
import type { OpenAlgoClient } from '@orderlane/openalgo/client';
import { Redis } from 'ioredis';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { statusOfOrder } from '../support/claims.ts';
import { makeExecuteDeps } from '../support/execute-deps.ts';
import { type Seed, seedStrategy, storeOrder } from '../support/factories.ts';
import { answerJson, type HttpFarSide, startHttpServer } from '../support/far-side.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openTestClient } from '../support/openalgo-calls.ts';
import { createSelfSigned } from '../support/self-signed.ts';
import { startTlsFront } from '../support/tls-far-side.ts';

const tls = createSelfSigned();
const afterClaim = 400;

let parts: FreshParts;
let opened: OpenedDb;
let redis: Redis;
let server: HttpFarSide;
let seed: Seed;
let orderId: OrderId;
let made: ReturnType<typeof makeExecuteDeps>;

beforeAll(() => setDefaultCACertificates([...getCACertificates(), tls.cert]));
beforeEach(async () => {
  parts = await freshParts();
  opened = openDb({ databaseUrl: parts.databaseUrl, poolSize: 2 });
  redis = new Redis(parts.redisUrl);
  server = await startHttpServer((response) =>
    answerJson(response, 200, { status: 'success', orderid: '1', mode: 'analyze' }),
  );
  seed = await seedStrategy(opened.db);
  orderId = await storeOrder(seed);
  made = makeExecuteDeps({
    ...{ db: opened.db, redis, prefix: parts.redisPrefix },
    call: async () => await Promise.reject(new Error('no client yet')),
  });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  redis.disconnect();
  await opened.close();
  await parts.dispose();
});

function depsFor(client: OpenAlgoClient): ExecuteOrderDeps {
  return Object.assign(made, {
    grantMaxAgeMs: { beforeClaim: 10_000, afterClaim },
    call: async (order, args) => await callOpenAlgo(client, { order, ...args }),
  } satisfies Partial<ExecuteOrderDeps>);
}

const job = () => ({
  ...{ orderId, accountId: seed.accountId },
  limits: { gapMs: 50, smartGapMs: 50, windows: [] },
});
const answered = async () => ({
  status: await statusOfOrder(opened.db, orderId),
  attempts: await opened.db.selectFrom('executions').select(['attempt', 'outcome']).execute(),
  heard: server.heard.length,
});
const accepted = {
  status: 'accepted',
  attempts: [{ attempt: 1, outcome: 'accepted' }],
  heard: 1,
};

it('a connection that is ready when the grant has grown old carries nothing before a new grant', async () => {
  const opening = Promise.withResolvers<void>();
  await using front = await startTlsFront({
    ...{ behindPort: server.port, tls, opening: opening.promise },
  });
  await using client = openTestClient({ baseUrl: front.url, connectTimeoutMs: 10_000 });

  setTimeout(opening.resolve, afterClaim + 200);
  await executeOrder(depsFor(client), job());

  expect(await answered()).toEqual(accepted);
  expect(made.grants).toBe(2);
});

it('where every connection takes longer than a grant lives, the third leaves all the same', async () => {
  await using front = await startTlsFront({
    ...{ behindPort: server.port, tls, delayMs: afterClaim + 200 },
  });
  await using client = openTestClient({
    ...{ baseUrl: front.url, connectTimeoutMs: 10_000, keepAliveIdleMs: 1 },
  });

  await executeOrder(depsFor(client), job());

  expect(await answered()).toEqual(accepted);
  expect(made.grants).toBe(3);
});

it('a quick connection needs one grant', async () => {
  await using client = openTestClient({ baseUrl: server.url });
  await executeOrder(depsFor(client), job());
  expect(await answered()).toEqual(accepted);
  expect(made.grants).toBe(1);
});
