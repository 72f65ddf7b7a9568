import { findAccount } from '@orderlane/db/accounts';
import type { HeldChoice } from '@orderlane/domain/plan-held-change';
import type { NewStrategy } from '@orderlane/manage/create-strategy';
import * as strategies from '@orderlane/manage/edit-strategy';
import { ManageError } from '@orderlane/manage/manage-error';
import { strategyData } from '@orderlane/manage/strategy-data';
import { ask } from '../ask.ts';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import { readPublicUrl } from '../config.ts';
import { askHeld } from '../held-options.ts';
import { heldAnswer, heldLines } from '../held-text.ts';
import { getAccount, getStrategy } from '../resolve.ts';
import { strategyText } from '../strategy-text.ts';
import { inTransaction } from '../with-db.ts';

type Passed = strategies.StrategyEdit['passed'];

export interface AskedStrategyEdit {
  strategy: string;
  /** By name or number; undefined: as it is. */
  account: string | undefined;
  /** What is left out stays as it is. */
  changes: Partial<NewStrategy>;
  choice: HeldChoice;
  /** What a time of square-off means that has passed today; undefined: ask. */
  passed: Passed;
}

/**
 * Changes a strategy.
 * @throws ManageError invalid_strategy, strategy_exists, position_shared, orders_on_their_way,
 *   squareoff_passed where nobody can be asked; CliError cancelled
 */
export async function editStrategy(cli: Cli, asked: AskedStrategyEdit): Promise<Answer> {
  try {
    return await edit(cli, asked);
  } catch (error) {
    if (!isPassed(error) || !cli.isInteractive) throw error;
    return await edit(cli, { ...asked, passed: await askPassed(cli, error.message) });
  }
}

function isPassed(error: unknown): error is ManageError {
  return error instanceof ManageError && error.code === 'squareoff_passed';
}

async function askPassed(cli: Cli, why: string): Promise<Passed> {
  const answer = await ask(cli, `${why}. Square off now? [y/N; n: from the next session] `);
  if (/^y(?:es)?$/i.test(answer)) return 'now';
  if (/^n(?:o|ext)?$/i.test(answer)) return 'next_session';
  throw new CliError('cancelled', 'Nothing was done');
}

async function edit(cli: Cli, asked: AskedStrategyEdit): Promise<Answer> {
  const publicUrl = readPublicUrl(cli.environment);
  const { passed, account: nameOrId } = asked;
  const held = askHeld(cli, asked.choice);
  return await inTransaction(cli, async (manager) => {
    const { id: strategyId } = await getStrategy(manager.db, asked.strategy);
    const account = nameOrId === undefined ? undefined : await getAccount(manager.db, nameOrId);
    const changes = { ...asked.changes, ...(account && { accountId: account.id }) };
    const wanted = { strategyId, changes, asked: held, passed };
    const edited = await strategies.editStrategy(manager, wanted);
    const { accountId } = edited.strategy;
    const now = accountId === null ? undefined : await findAccount(manager.db, accountId);
    const shown = { strategy: edited.strategy, accountName: now?.name ?? null };
    const data = strategyData({ ...shown, publicUrl: publicUrl.url });
    return {
      data: { ...data, squares_off_now: edited.squaresOffNow, ...heldAnswer(edited) },
      text: [
        strategyText({ ...shown, publicUrl: publicUrl.url }, publicUrl),
        ...edited.warnings.map(({ text }) => `Warning: ${text}`),
        ...(edited.squaresOffNow ? ['It is squared off now'] : []),
        ...heldLines(edited),
      ].join('\n'),
    };
  });
}
