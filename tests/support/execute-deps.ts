import { setTimeout as sleep } from 'node:timers/promises';
import { giveBackOrder } from '@orderlane/db/claim';
import type { Db } from '@orderlane/db/open-db';
import { recordOutcome } from '@orderlane/db/outcomes';
import type { ExecuteOrderDeps } from '@orderlane/executor/execute-order';
import { createAccountGate } from '@orderlane/queue/account-gate';
import { newId } from '@orderlane/runtime/new-id';
import type { Redis } from 'ioredis';
import { testClaimSettings } from './claims.ts';

/** What an executor's use case works with, on a real gate and database; `grants` counts the slots it was given. */
export function makeExecuteDeps(args: {
  db: Db;
  redis: Redis;
  prefix: string;
  call: ExecuteOrderDeps['call'];
}): ExecuteOrderDeps & { grants: number } {
  const { db, redis, prefix, call } = args;
  const gate = createAccountGate({ redis, prefix });
  const deps: ExecuteOrderDeps & { grants: number } = {
    grants: 0,
    db,
    gate: {
      ...gate,
      ask: async (question) => {
        const wait = await gate.ask(question);
        if (wait === 0) deps.grants++;
        return wait;
      },
    },
    turn: { look: async (work) => await work(), claim: async (work) => await work() },
    atGate: async (_, work) => await work(),
    sleep: async (ms) => await sleep(ms),
    monotonicNow: () => performance.now(),
    newClaimId: newId,
    shutdown: new AbortController().signal,
    claimSettings: testClaimSettings,
    grantMaxAgeMs: { beforeClaim: 10_000, afterClaim: 10_000 },
    shownPosition: async () => await Promise.resolve(null),
    call,
    ...{ onClaimed: () => undefined, onGateError: () => undefined, wakeIn: () => undefined },
    holdLease: async (_, work) => await work(),
    settleAttempt: async ({ id }, { attempt, result }) => {
      await recordOutcome(db, { ...result, orderId: id, attempt, retryInMs: 0 });
    },
    giveBack: async ({ id }, claimId) => {
      await giveBackOrder(db, { orderId: id, claimId });
    },
  };
  return deps;
}
