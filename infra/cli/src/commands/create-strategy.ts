import type { AccountRow } from '@orderlane/db/accounts';
import { recordAudit } from '@orderlane/db/audit';
import type { Db } from '@orderlane/db/open-db';
import { insertStrategy } from '@orderlane/db/strategies';
import { checkStrategy, type StrategyDraft } from '@orderlane/domain/check-strategy';
import { brandIds } from '@orderlane/domain/ids';
import type { PositionScope, Strategy } from '@orderlane/domain/strategy';
import { ask } from '../ask.ts';
import { checkSaved } from '../check-saved.ts';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { readPublicUrl } from '../config.ts';
import { newWebhookId } from '../new-webhook-id.ts';
import { owner } from '../owner.ts';
import { chooseAccount } from '../resolve.ts';
import { saveError } from '../save-error.ts';
import { strategyData, strategySettings, strategyText } from '../show-strategy.ts';
import { readToday } from '../today.ts';
import { refuseSecond } from '../unique.ts';
import { inTransaction } from '../with-db.ts';

/** What the command line says of a new strategy. */
export interface AskedStrategy {
  /** By name or number; undefined: the only one. */
  account: string | undefined;
  /** Undefined: ask, or take `account`. */
  positionScope: PositionScope | undefined;
  settings: Omit<StrategyDraft, 'positionScope' | 'isActive' | 'mappings'>;
}

/** @throws CliError invalid_strategy, strategy_exists and what concerns the account; ConfigError */
export async function createStrategy(cli: Cli, asked: AskedStrategy): Promise<Answer> {
  const publicUrl = readPublicUrl(cli.environment);
  const today = readToday(cli.environment);
  const settings = { ...asked.settings, isActive: true, mappings: [] };
  // Before the question: nobody should answer one for a strategy that cannot be saved.
  const { issues } = checkStrategy({ ...settings, positionScope: 'account' }, today);
  if (issues.length > 0) throw saveError('invalid_strategy', issues);
  const draft = { ...settings, positionScope: asked.positionScope ?? (await askScope(cli)) };
  return await inTransaction(cli, async (db) => {
    const account = await chooseAccount(db, asked.account);
    const strategyId = await insertDraft(db, draft, account);
    const { strategy } = await checkSaved(db, { strategyId, today });
    const shown = { strategy, accountName: account.name, publicUrl };
    await recordAudit(db, {
      who: cli.who,
      what: 'strategy.create',
      subject: `strategy ${strategyId}`,
      after: strategySettings(shown),
    });
    return { data: strategyData(shown), text: strategyText(shown) };
  });
}

/**
 * Whose position exits close. Only scope account can be stored as yet: positions are not kept per
 * strategy, so whoever shares a symbol must know what an exit does.
 * @throws CliError position_shared
 */
async function askScope(cli: Cli): Promise<PositionScope> {
  if (!cli.isInteractive) return 'account';
  const answer = await ask(
    cli,
    'Does anything else, by hand or by another strategy, trade these symbols on this account? [Y/n] ',
  );
  if (/^no?$/i.test(answer)) return 'account';
  throw new CliError(
    'position_shared',
    'Its exits would close what the others hold of these symbols, too: accept that with --position-scope account, or use an account of its own',
  );
}

async function insertDraft(
  db: Db,
  draft: StrategyDraft,
  account: AccountRow,
): Promise<Strategy['id']> {
  const insert = insertStrategy(db, {
    user_id: owner,
    account_id: account.id,
    name: draft.name,
    webhook_id: brandIds.webhook(newWebhookId()),
    platform: draft.platform,
    trading_mode: draft.tradingMode,
    is_intraday: draft.isIntraday,
    start_time: draft.startTime,
    end_time: draft.endTime,
    squareoff_time: draft.squareoffTime,
    position_scope: draft.positionScope,
    chartink_action: draft.chartinkAction,
    duplicate_window_ms: draft.duplicateWindowMs,
    entry_max_age_ms: draft.entryMaxAgeMs,
    max_quantity: draft.maxQuantity,
    max_entries: draft.maxEntries,
    max_orders_per_day: draft.maxOrdersPerDay,
  });
  const text = `There is a strategy "${draft.name}" already`;
  return await refuseSecond(insert, new CliError('strategy_exists', text));
}
