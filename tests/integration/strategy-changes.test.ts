import { pauseAccount, resumeAccount } from '@orderlane/db/accounts';
import {
  deleteStrategy,
  findStrategy,
  insertMapping,
  toggleStrategy,
} from '@orderlane/db/strategies';
import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';

let parts: FreshParts;
// It listens to no announcements: what it knows is as old as its cache allows.
let ingress: TestIngress;
let accountId: AccountId;
let strategyId: StrategyId;
let webhookId: string;
let calls = 0;

beforeAll(async () => {
  parts = await freshParts();
  ingress = await openIngress(parts);
});
afterAll(async () => {
  await ingress[Symbol.asyncDispose]();
  await parts.dispose();
});
beforeEach(async () => {
  accountId = await makeAccount(parts.db);
  strategyId = await makeStrategy(parts.db, { account_id: accountId });
  await map('SBIN');
  webhookId = (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
  expect((await buy('SBIN')).status).toBe(200);
});

async function map(symbol: string): Promise<void> {
  const mapping = { strategyId, signalSymbol: symbol, symbol, quantity: 10 };
  await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
}

const buy = async (symbol: string) => {
  calls += 1;
  const body = { symbol, action: 'BUY', price: String(calls) };
  return await postWebhook(ingress.url, { webhookId, body });
};

describe('a replica that has not heard of a change decides by it all the same', () => {
  it('a strategy that was turned off', async () => {
    await toggleStrategy(parts.db, { id: strategyId, isActive: false });
    expect(await buy('SBIN')).toMatchObject({ status: 400, body: { code: 'strategy_inactive' } });
  });

  it('a strategy that was deleted', async () => {
    await parts.db.updateTable('orders').set({ status: 'cancelled' }).execute();
    await deleteStrategy(parts.db, strategyId);
    expect(await buy('SBIN')).toMatchObject({ status: 404, body: { code: 'unknown_webhook' } });
  });

  it('a mapping that was added', async () => {
    expect(await buy('INFY')).toMatchObject({ body: { code: 'no_mapping' } });
    await map('INFY');
    expect((await buy('INFY')).status).toBe(200);
  });

  it('an account that was paused and resumed', async () => {
    await pauseAccount(parts.db, { id: accountId, reason: 'test' });
    expect(await buy('SBIN')).toMatchObject({ body: { code: 'account_paused' } });
    await resumeAccount(parts.db, accountId);
    expect((await buy('SBIN')).status).toBe(200);
  });
});

it('a signal that comes while a change is being saved is decided by what was saved', async () => {
  const { promise: saved, resolve: save } = Promise.withResolvers<void>();
  const edit = parts.db.transaction().execute(async (db) => {
    await toggleStrategy(db, { id: strategyId, isActive: false });
    await saved;
  });
  const answer = buy('SBIN');
  // The store waits for the change: without its lock the signal would be answered by now.
  await expect.poll(async () => await waitingForLocks()).toBe(1);
  save();
  await edit;
  expect(await answer).toMatchObject({ status: 400, body: { code: 'strategy_inactive' } });
});

async function waitingForLocks(): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::integer as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(parts.db);
  return rows[0]?.count ?? 0;
}
