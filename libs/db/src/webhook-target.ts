import type { Brake } from '@orderlane/domain/brakes';
import type { WebhookId } from '@orderlane/domain/ids';
import type { Strategy } from '@orderlane/domain/strategy';
import { sql } from 'kysely';
import { accountBrakes } from './account-brakes.ts';
import { type AccountRow, findAccount } from './accounts.ts';
import type { Db } from './open-db.ts';
import { isRestored } from './restores.ts';
import { findStrategyByWebhook } from './strategies.ts';

/** All that a webhook's decision is made from, as it was when it was read. */
export interface WebhookTarget {
  strategy: Strategy;
  account: AccountRow | undefined;
  brakes: Brake[];
  /** Session date (`YYYY-MM-DD`) of the last square-off by its present time, or a later one; null: none. */
  lastSquareOffDate: string | null;
}

/** The kill switch's positions that cover a strategy: its own, its account's, everybody's. */
async function listKillSwitches(db: Db, strategy: Strategy): Promise<Brake[]> {
  const rows = await db
    .selectFrom('brakes')
    .select('strength')
    .where(
      sql<boolean>`(scope, scope_id) in (('everything', 0), ('account', ${strategy.accountId ?? 0}::integer), ('strategy', ${strategy.id}::integer))`,
    )
    .execute();
  return rows.map(({ strength }) => strength);
}

async function findLastSquareOffDate(db: Db, strategy: Strategy): Promise<string | null> {
  const last = await db
    .selectFrom('square_offs')
    .select(({ fn }) => fn.max('session_date').as('date'))
    .where('strategy_id', '=', strategy.id)
    // Moved later than it ran, it is armed again: today's is still to come.
    .where('due_time', '>=', strategy.squareoffTime ?? '')
    .executeTakeFirst();
  return last?.date ?? null;
}

/**
 * Undefined when no strategy has that webhook id. What is read after the strategy may be newer than
 * its version says; that only makes the store decide again.
 */
export async function findWebhookTarget(
  db: Db,
  webhookId: WebhookId,
): Promise<WebhookTarget | undefined> {
  const strategy = await findStrategyByWebhook(db, webhookId);
  if (strategy === undefined) return undefined;
  const { accountId } = strategy;
  const [account, killSwitches, lastSquareOffDate, isCopy] = await Promise.all([
    accountId === null ? undefined : findAccount(db, accountId),
    listKillSwitches(db, strategy),
    findLastSquareOffDate(db, strategy),
    isRestored(db),
  ]);
  const brakes: Brake[] = [
    ...(isCopy ? (['restored'] as const) : []),
    ...killSwitches,
    ...(account === undefined ? [] : accountBrakes(account)),
    ...(strategy.exitsOnly ? (['exits_only'] as const) : []),
  ];
  return { strategy, account, brakes, lastSquareOffDate };
}
