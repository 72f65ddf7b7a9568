import { randomUUID } from 'node:crypto';
import { confirmLiveTrading, insertAccount, listAccounts } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { insertMapping, insertStrategy, listStrategies } from '@orderlane/db/strategies';
import { type AccountId, brandIds, type WebhookId } from '@orderlane/domain/ids';
import type { SecretBox } from '@orderlane/runtime/secret-box';

/** Who owns what the command line and the local stack make. */
const OWNER = 'owner';
const ACCOUNT_NAME = 'Demo (simulator)';
const STRATEGY_NAME = 'Demo';

/** The key that the simulator knows; it protects nothing. */
export const DEMO_API_KEY = 'simulator-key';

export interface DemoDeps {
  db: Db;
  secretBox: SecretBox;
}

/**
 * An account at the simulator and a positional strategy on it (LONG, SBIN on NSE, CNC, 1 share), so
 * that an order goes through at any hour of any day. What is there from an earlier start is kept.
 */
export async function ensureDemo(deps: DemoDeps, simulatorUrl: string): Promise<WebhookId> {
  const accountId = await ensureAccount(deps, simulatorUrl);
  const strategies = await listStrategies(deps.db);
  const present = strategies.find(
    ({ name, user_id }) => name === STRATEGY_NAME && user_id === OWNER,
  );
  if (present) return present.webhook_id;
  return await deps.db.transaction().execute(async (db) => await insertDemo(db, accountId));
}

async function ensureAccount({ db, secretBox }: DemoDeps, baseUrl: string): Promise<AccountId> {
  const accounts = await listAccounts(db);
  const present = accounts.find(({ name, user_id }) => name === ACCOUNT_NAME && user_id === OWNER);
  if (present) {
    // The simulator's port may have been moved since, and the secret key replaced.
    await db
      .updateTable('openalgo_accounts')
      .set({ base_url: baseUrl, ...seal(secretBox) })
      .where('id', '=', present.id)
      .execute();
    return present.id;
  }
  const { api_key_box: apiKeyBox, api_key_fingerprint: apiKeyFingerprint } = seal(secretBox);
  const id = await insertAccount(db, {
    userId: OWNER,
    name: ACCOUNT_NAME,
    baseUrl,
    apiKeyBox,
    apiKeyFingerprint,
    mode: 'live',
    tradesElsewhere: false,
  });
  // Nobody's money: the simulator's live mode needs no one's word.
  await confirmLiveTrading(db, id);
  return id;
}

function seal(secretBox: SecretBox) {
  return {
    api_key_box: secretBox.seal(DEMO_API_KEY),
    api_key_fingerprint: secretBox.fingerprint(DEMO_API_KEY),
  };
}

async function insertDemo(db: Db, accountId: AccountId): Promise<WebhookId> {
  const webhookId = brandIds.webhook(randomUUID());
  const strategyId = await insertStrategy(db, {
    user_id: OWNER,
    account_id: accountId,
    name: STRATEGY_NAME,
    webhook_id: webhookId,
    platform: 'tradingview',
    trading_mode: 'LONG',
    is_intraday: false,
    position_scope: 'account',
  });
  await insertMapping(db, {
    strategyId,
    signalSymbol: 'SBIN',
    symbol: 'SBIN',
    exchange: 'NSE',
    product: 'CNC',
    quantity: 1,
  });
  return webhookId;
}
