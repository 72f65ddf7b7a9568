import { readFile } from 'node:fs/promises';
import type { AccountRow } from '@orderlane/db/accounts';
import { findScanChange, type ScanChange } from '@orderlane/domain/move-in/scan-change';
import { applyMoveIn } from '@orderlane/manage/apply-move-in';
import type { Manager } from '@orderlane/manage/manager';
import { findConflicts } from '@orderlane/manage/move-in-conflicts';
import { owner as defaultOwner } from '@orderlane/manage/owner';
import { type MovedStrategy, planMoveIn } from '@orderlane/manage/plan-move-in';
import type { Answer, Cli } from '../cli.ts';
import { CliError, causedError } from '../cli-error.ts';
import { readPublicUrl } from '../config.ts';
import { readSqlite } from '../move-in/open-sqlite.ts';
import { type OpenAlgoDatabase, readOpenAlgo } from '../move-in/read-openalgo.ts';
import { reportData, reportText } from '../move-in/report.ts';
import { switchOverSteps } from '../move-in/steps.ts';
import { chooseAccount } from '../resolve.ts';
import { readToday } from '../today.ts';
import { inTransaction } from '../with-db.ts';

export interface AskedImport {
  file: string;
  /** By name or number; undefined: the only one. */
  account: string | undefined;
  /** A file with a scan's name on each line. */
  scans: string | undefined;
  apply: boolean;
}

interface Moved {
  account: AccountRow | undefined;
  moved: MovedStrategy[];
  conflicts: string[];
}

/**
 * Takes over the strategies of an OpenAlgo, or says what that would do.
 * @throws CliError about the file and the account; ManageError strategy_exists
 */
export async function importOpenAlgo(cli: Cli, asked: AskedImport): Promise<Answer> {
  const { file, apply: isApplied } = asked;
  const publicUrl = readPublicUrl(cli.environment);
  const today = readToday(cli.environment);
  const names = asked.scans === undefined ? [] : await readScans(asked.scans);
  const found = await readSqlite(file, readOpenAlgo);
  const { account, moved, conflicts } = await inTransaction(
    cli,
    async (manager) => await move(manager, { asked, found, today }),
  );
  const scanChanges = listScanChanges(found, names);
  const hasAccount = account !== undefined;
  const steps = switchOverSteps({ isApplied, hasAccount, moved, publicUrl });
  const about = { file, isApplied, account: account?.name ?? null };
  const report = { ...about, found, moved, conflicts, scanChanges, steps };
  return { data: reportData(report), text: reportText(report) };
}

async function move(
  manager: Manager,
  args: { asked: AskedImport; found: OpenAlgoDatabase; today: Temporal.PlainDate },
): Promise<Moved> {
  const { asked, found, today } = args;
  const account = await findAccount(manager, asked);
  const owner = account?.user_id ?? defaultOwner;
  const plan = await planMoveIn(manager, { strategies: found.strategies, owner, today });
  const conflicts = await findConflicts(manager, { plan, account });
  if (!asked.apply || account === undefined) return { account, moved: plan, conflicts };
  return { account, moved: await applyMoveIn(manager, { plan, account }), conflicts };
}

/** A dry run needs none. */
async function findAccount(
  { db }: Manager,
  { account, apply }: AskedImport,
): Promise<AccountRow | undefined> {
  try {
    return await chooseAccount(db, account);
  } catch (error) {
    if (apply || account !== undefined || !(error instanceof CliError)) throw error;
    return undefined;
  }
}

/** OpenAlgo does not keep the names of scans; strategies are often called like theirs. */
function listScanChanges({ strategies }: OpenAlgoDatabase, scans: readonly string[]): ScanChange[] {
  const own = strategies.flatMap(({ source, name }) =>
    source === 'chartink_strategies' && name !== null ? [name] : [],
  );
  return [...new Set([...own, ...scans])].flatMap((name) => findScanChange(name) ?? []);
}

async function readScans(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw causedError(error, 'unreadable_file', `Cannot read ${file}`);
  });
  return text.split(/\r?\n/).flatMap((line) => line.trim() || []);
}
