import type { AccountId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';
import type { OpenAlgoAccountsTable } from './schema/openalgo-accounts.ts';

export type AccountRow = Selectable<OpenAlgoAccountsTable>;

export interface AccountToInsert {
  userId: string;
  name: string;
  baseUrl: string;
  /** The API key, sealed; the key itself is never stored. */
  apiKeyBox: string;
  apiKeyFingerprint: string;
  mode: TradingModeSeen | null;
  tradesElsewhere: boolean;
}

/** @throws a unique violation when the name, or the instance with this key, is already there. */
export async function insertAccount(db: Db, account: AccountToInsert): Promise<AccountId> {
  const { id } = await db
    .insertInto('openalgo_accounts')
    .values({
      user_id: account.userId,
      name: account.name,
      base_url: account.baseUrl,
      api_key_box: account.apiKeyBox,
      api_key_fingerprint: account.apiKeyFingerprint,
      mode: account.mode,
      mode_seen_at: account.mode === null ? null : sql<Date>`now()`,
      trades_elsewhere: account.tradesElsewhere,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Every account that was not deleted, in the order in which they were added. */
export async function listAccounts(db: Db): Promise<AccountRow[]> {
  return await db
    .selectFrom('openalgo_accounts')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** Those of them that were not deleted. */
export async function listAccountsOf(db: Db, ids: readonly AccountId[]): Promise<AccountRow[]> {
  if (ids.length === 0) return [];
  return await db
    .selectFrom('openalgo_accounts')
    .selectAll()
    .where('id', 'in', [...ids])
    .where('deleted_at', 'is', null)
    .execute();
}

export async function findAccount(db: Db, id: AccountId): Promise<AccountRow | undefined> {
  return await db
    .selectFrom('openalgo_accounts')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

/** By the name that their owners, each of them once, gave them. */
export async function listAccountsByName(db: Db, name: string): Promise<AccountRow[]> {
  return await db
    .selectFrom('openalgo_accounts')
    .selectAll()
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** Held until the transaction ends: whoever changes what an account trades comes one at a time. */
export async function lockAccount(db: Db, id: AccountId): Promise<void> {
  await db
    .selectFrom('openalgo_accounts')
    .select('id')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .execute();
}

/** Stops all calls of an account, exits included, until it is resumed. */
export async function pauseAccount(db: Db, args: { id: AccountId; reason: string }): Promise<void> {
  await db
    .updateTable('openalgo_accounts')
    .set({ paused_at: sql<Date>`now()`, pause_reason: args.reason })
    .where('id', '=', args.id)
    .where('paused_at', 'is', null)
    .execute();
}

/** Lets an account call again; entries that grew stale meanwhile expire by themselves. */
export async function resumeAccount(db: Db, id: AccountId): Promise<void> {
  await db
    .updateTable('openalgo_accounts')
    .set({ paused_at: null, pause_reason: null })
    .where('id', '=', id)
    .execute();
}

/** The owner's word, once, that a live account may trade. */
export async function confirmLiveTrading(db: Db, id: AccountId): Promise<void> {
  await db
    .updateTable('openalgo_accounts')
    .set({ live_confirmed_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('live_confirmed_at', 'is', null)
    .execute();
}

/** OpenAlgo refuses the key or its broker session is gone: nothing is sent until a ping answers. */
export async function markSessionDead(db: Db, id: AccountId): Promise<boolean> {
  const result = await db
    .updateTable('openalgo_accounts')
    .set({ session_dead_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('session_dead_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function markSessionAlive(db: Db, id: AccountId): Promise<boolean> {
  const result = await db
    .updateTable('openalgo_accounts')
    .set({ session_dead_at: null })
    .where('id', '=', id)
    .where('session_dead_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/**
 * What OpenAlgo says its mode is. A person is told (`mode_changed`) where it was switched while something is
 * held that was built in the mode before.
 */
export async function recordAccountMode(
  db: Db,
  args: { id: AccountId; mode: TradingModeSeen },
): Promise<void> {
  await sql`select record_account_mode(${args.id}, ${args.mode})`.execute(db);
}

/**
 * What an answer of OpenAlgo shows its mode to be, as `recordAccountMode`. Exits that were taken for the
 * analyzer's since it was last seen go on in the live account. Must not be called by a transaction that
 * holds an order.
 * @param args.askedAgoMs since the question was asked; the answer to the newest question is believed (ms)
 */
export async function seeAccountMode(
  db: Db,
  args: { id: AccountId; mode: TradingModeSeen; askedAgoMs: number },
): Promise<void> {
  const askedAt = sql`clock_timestamp() - ms(${args.askedAgoMs})`;
  await sql`select see_account_mode(${args.id}, ${args.mode}, ${askedAt})`.execute(db);
}

/** Remembers on which lanes the account's OpenAlgo takes `client_order_id`. */
export async function recordClientOrderIdLanes(
  db: Db,
  args: { id: AccountId; lanes: readonly Lane[] },
): Promise<void> {
  await db
    .updateTable('openalgo_accounts')
    .set({ client_order_id_lanes: [...args.lanes] })
    .where('id', '=', args.id)
    .execute();
}

/** A lane's endpoint refused `client_order_id`: from now on nothing is sent with it there. */
export async function forgetClientOrderIdLane(
  db: Db,
  args: { id: AccountId; lane: Lane },
): Promise<void> {
  await db
    .updateTable('openalgo_accounts')
    .set({ client_order_id_lanes: sql`array_remove(client_order_id_lanes, ${args.lane})` })
    .where('id', '=', args.id)
    .execute();
}
