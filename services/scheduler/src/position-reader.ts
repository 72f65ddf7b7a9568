import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountRow } from '@orderlane/db/accounts';
import type { AccountClients } from '@orderlane/openalgo/account-clients';
import { createAccountGate } from '@orderlane/queue/account-gate';
import { limitsOf } from '@orderlane/queue/account-limits';
import { type ReadPositions, readPositions } from './read-positions.ts';
import { deadSessionHandler } from './session-dead.ts';
import type { Parts, Stores } from './stores.ts';

export type PositionReader = (account: AccountRow) => Promise<ReadPositions>;

/** Ties the reading of an account's position book to its parts. */
export function createPositionReader(
  parts: Parts,
  { stores, clients }: { stores: Stores; clients: AccountClients },
): PositionReader {
  const { config } = parts;
  const { db } = stores;
  const deps = {
    db,
    clientOf: clients.of,
    gate: createAccountGate({ redis: stores.redis, prefix: stores.place.prefix }),
    limitsOf: (account: AccountRow) => limitsOf(config, account),
    timeoutMs: config.SQUARE_OFF_READ_MS,
    monotonicNow: () => performance.now(),
    sleep: async (ms: number) => await sleep(ms),
    onSessionDead: deadSessionHandler(parts, db),
  };
  return async (account) => await readPositions(deps, account);
}
