import { checkStrategy } from '@orderlane/domain/check-strategy';
import type { PositionScope } from '@orderlane/domain/strategy';
import * as strategies from '@orderlane/manage/create-strategy';
import { saveError } from '@orderlane/manage/manage-error';
import { strategyData } from '@orderlane/manage/strategy-data';
import { ask } from '../ask.ts';
import type { Answer, Cli } from '../cli.ts';
import { readPublicUrl } from '../config.ts';
import { chooseAccount } from '../resolve.ts';
import { strategyText } from '../strategy-text.ts';
import { readToday } from '../today.ts';
import { inTransaction } from '../with-db.ts';

/** What the command line says of a new strategy. */
export interface AskedStrategy {
  /** By name or number; undefined: the only one. */
  account: string | undefined;
  /** Undefined: ask, or take `account`. */
  positionScope: PositionScope | undefined;
  settings: Omit<strategies.NewStrategy, 'positionScope'>;
}

/** @throws ManageError invalid_strategy, strategy_exists; CliError about the account; ConfigError */
export async function createStrategy(cli: Cli, asked: AskedStrategy): Promise<Answer> {
  const publicUrl = readPublicUrl(cli.environment);
  const today = readToday(cli.environment);
  // Before the question: nobody should answer one for a strategy that cannot be saved.
  const unasked = { positionScope: 'account', isActive: true, mappings: [] } as const;
  const { issues } = checkStrategy({ ...asked.settings, ...unasked }, today);
  if (issues.length > 0) throw saveError('invalid_strategy', issues);
  const draft = { ...asked.settings, positionScope: asked.positionScope ?? (await askScope(cli)) };
  return await inTransaction(cli, async (manager) => {
    const account = await chooseAccount(manager.db, asked.account);
    const { strategy } = await strategies.createStrategy(manager, { account, draft, today });
    const shown = { strategy, accountName: account.name, publicUrl: publicUrl.url };
    return { data: strategyData(shown), text: strategyText(shown, publicUrl) };
  });
}

/**
 * Whose position exits close: the strategy's own, unless nothing else trades there. A program that
 * says nothing gets what OpenAlgo does.
 */
async function askScope(cli: Cli): Promise<PositionScope> {
  if (!cli.isInteractive) return 'account';
  const answer = await ask(
    cli,
    'Does anything else, by hand or by another strategy, trade these symbols on this account? [Y/n] ',
  );
  return /^no?$/i.test(answer) ? 'account' : 'strategy';
}
