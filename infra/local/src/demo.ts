import { randomUUID } from 'node:crypto';
import {
  type AccountRow,
  confirmLiveTrading,
  insertAccount,
  listAccounts,
} from '@orderlane/db/accounts';
import { type Actor, recordAudit } from '@orderlane/db/audit';
import type { Db } from '@orderlane/db/open-db';
import { insertMapping, insertStrategy, listStrategies } from '@orderlane/db/strategies';
import { type AccountId, brandIds, type WebhookId } from '@orderlane/domain/ids';
import type { SecretBox } from '@orderlane/runtime/secret-box';

/** Who owns what the command line and the local stack make. */
const OWNER = 'owner';
const ACCOUNT_NAME = 'Demo simulator';
/** As earlier versions called it, against the rule for names: it could not be edited. */
const FORMER_ACCOUNT_NAME = 'Demo (simulator)';
const STRATEGY_NAME = 'Demo';

/** The key that the simulator knows; it protects nothing. */
export const DEMO_API_KEY = 'simulator-key';

export interface DemoDeps {
  db: Db;
  secretBox: SecretBox;
  /** Who starts the stack, for the audit log. */
  actor: Actor;
}

/**
 * An account at the simulator and a positional strategy on it (LONG, SBIN on NSE, CNC, 1 share), so
 * that an order goes through at any hour of any day. What is there from an earlier start is kept.
 */
export async function ensureDemo(deps: DemoDeps, simulatorUrl: string): Promise<WebhookId> {
  return await deps.db.transaction().execute(async (db) => {
    const accountId = await ensureAccount({ ...deps, db }, simulatorUrl);
    return await ensureStrategy({ ...deps, db }, accountId);
  });
}

async function ensureStrategy(deps: DemoDeps, accountId: AccountId): Promise<WebhookId> {
  const strategies = await listStrategies(deps.db);
  const present = strategies.find(
    ({ name, user_id }) => name === STRATEGY_NAME && user_id === OWNER,
  );
  return present?.webhook_id ?? (await insertDemo(deps, accountId));
}

async function ensureAccount(deps: DemoDeps, baseUrl: string): Promise<AccountId> {
  const { db, actor } = deps;
  const accounts = await listAccounts(db);
  const own = accounts.filter(({ user_id }) => user_id === OWNER);
  const present =
    own.find(({ name }) => name === ACCOUNT_NAME) ??
    own.find(({ name }) => name === FORMER_ACCOUNT_NAME);
  if (present) {
    await followChanges(deps, present, baseUrl);
    return present.id;
  }
  const { api_key_box: apiKeyBox, api_key_fingerprint: apiKeyFingerprint } = seal(deps.secretBox);
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
  const subject = `account ${id}`;
  const after = { name: ACCOUNT_NAME, base_url: baseUrl, mode: 'live' };
  await recordAudit(db, { ...actor, what: 'account.add', subject, after });
  return id;
}

/** Since the last start the simulator's port may have been moved, or the secret key replaced. */
async function followChanges(deps: DemoDeps, account: AccountRow, baseUrl: string): Promise<void> {
  const { db, secretBox, actor } = deps;
  const { id, base_url, api_key_fingerprint } = account;
  const name = account.name === FORMER_ACCOUNT_NAME ? ACCOUNT_NAME : account.name;
  const isSameKey = secretBox.fingerprint(DEMO_API_KEY) === api_key_fingerprint;
  if (base_url === baseUrl && isSameKey && name === account.name) return;
  await db
    .updateTable('openalgo_accounts')
    .set({ name, base_url: baseUrl, ...seal(secretBox) })
    .where('id', '=', id)
    .execute();
  await recordAudit(db, {
    ...actor,
    what: 'account.change',
    subject: `account ${id}`,
    before: { name: account.name, base_url },
    after: { name, base_url: baseUrl, sealed_anew: true },
  });
}

function seal(secretBox: SecretBox) {
  return {
    api_key_box: secretBox.seal(DEMO_API_KEY),
    api_key_fingerprint: secretBox.fingerprint(DEMO_API_KEY),
  };
}

const demoMapping = {
  signalSymbol: 'SBIN',
  symbol: 'SBIN',
  exchange: 'NSE',
  product: 'CNC',
  quantity: 1,
} as const;

async function insertDemo({ db, actor }: DemoDeps, accountId: AccountId): Promise<WebhookId> {
  const settings = {
    name: STRATEGY_NAME,
    platform: 'tradingview',
    trading_mode: 'LONG',
    is_intraday: false,
    position_scope: 'account',
  } as const;
  const webhookId = brandIds.webhook(randomUUID());
  const strategyId = await insertStrategy(db, {
    ...settings,
    user_id: OWNER,
    account_id: accountId,
    webhook_id: webhookId,
  });
  await insertMapping(db, { strategyId, ...demoMapping });
  const subject = `strategy ${strategyId}`;
  const after = { ...settings, account: ACCOUNT_NAME, mappings: [demoMapping] };
  await recordAudit(db, { ...actor, what: 'strategy.create', subject, after });
  return webhookId;
}
