import type { Brake } from '@orderlane/domain/brakes';
import type { WebhookId } from '@orderlane/domain/ids';
import type { Strategy } from '@orderlane/domain/strategy';
import { sql } from 'kysely';
import type { AccountRow } from './accounts.ts';
import { findAccount } from './accounts.ts';
import type { Db } from './open-db.ts';
import { findStrategyByWebhook } from './strategies.ts';

/** All that a webhook's decision is made from, as it was when it was read. */
export interface WebhookTarget {
  strategy: Strategy;
  account: AccountRow | undefined;
  brakes: Brake[];
  /** Session date (`YYYY-MM-DD`) of the strategy's last square-off; null: none yet. */
  lastSquareOffDate: string | null;
}

const killSwitch = { stop_entries: 'stop_entries', halt: 'halt', flatten: 'flatten' } as const;

async function listBrakes(
  db: Db,
  args: { strategy: Strategy; account: AccountRow | undefined },
): Promise<Brake[]> {
  const { strategy, account } = args;
  const rows = await db
    .selectFrom('brakes')
    .select('strength')
    .where(
      sql<boolean>`(scope, scope_id) in (('everything', 0), ('account', ${strategy.accountId ?? 0}::integer), ('strategy', ${strategy.id}::integer))`,
    )
    .execute();
  const brakes: Brake[] = rows.map(({ strength }) => killSwitch[strength]);
  if (account === undefined) return brakes;
  if (account.paused_at !== null) brakes.push('account_paused');
  if (account.live_confirmed_at === null && account.mode !== 'analyze') brakes.push('trading_off');
  if (account.session_dead_at !== null) brakes.push('session_dead');
  return brakes;
}

/** Undefined when no strategy has that webhook id. */
export async function findWebhookTarget(
  db: Db,
  webhookId: WebhookId,
): Promise<WebhookTarget | undefined> {
  const strategy = await findStrategyByWebhook(db, webhookId);
  if (strategy === undefined) return undefined;
  const account =
    strategy.accountId === null ? undefined : await findAccount(db, strategy.accountId);
  const brakes = await listBrakes(db, { strategy, account });
  const last = await db
    .selectFrom('square_offs')
    .select(({ fn }) => fn.max('session_date').as('date'))
    .where('strategy_id', '=', strategy.id)
    .executeTakeFirst();
  return { strategy, account, brakes, lastSquareOffDate: last?.date ?? null };
}
