import { findAccount, listAccounts } from '@orderlane/db/accounts';
import { listStrategies, type StrategyRow } from '@orderlane/db/strategies';
import { strategyData } from '@orderlane/manage/strategy-data';
import type { Answer, Cli } from '../cli.ts';
import { readPublicUrl } from '../config.ts';
import { nameColumn } from '../name-column.ts';
import { getStrategy } from '../resolve.ts';
import { strategyText } from '../strategy-text.ts';
import { type Column, formatTable } from '../table.ts';
import { withDb } from '../with-db.ts';

interface ListedStrategy extends StrategyRow {
  accountName: string | null;
}

const columnsFor = (rows: readonly ListedStrategy[]): Column<ListedStrategy>[] => [
  { title: 'ID', of: (row) => row.id },
  { title: 'NAME', of: (row) => row.name, shrinks: true },
  nameColumn('ACCOUNT', rows, ({ account_id, accountName }) => ({
    ...{ id: account_id ?? 0, name: accountName ?? '-' },
  })),
  { title: 'PLATFORM', of: (row) => row.platform },
  { title: 'MODE', of: (row) => row.trading_mode },
  { title: 'ACTIVE', of: activeWord },
  { title: 'SQUARE-OFF', of: (row) => row.squareoff_time },
];

function activeWord(row: ListedStrategy): string {
  if (row.delete_when_flat) return 'going';
  if (!row.is_active) return 'no';
  return row.exits_only ? 'exits only' : 'yes';
}

export async function showStrategies(cli: Cli): Promise<Answer> {
  return await withDb(cli, async (db) => {
    const names = new Map((await listAccounts(db)).map(({ id, name }) => [id, name]));
    const rows = (await listStrategies(db)).map((row) => ({
      ...row,
      accountName: row.account_id === null ? null : (names.get(row.account_id) ?? null),
    }));
    const text = rows.length === 0 ? 'No strategies yet' : formatTable(columnsFor(rows), rows);
    return { data: rows.map(listedData), text };
  });
}

/** Less than `strategy show` tells: above all not the webhook, which is a secret. */
function listedData(row: ListedStrategy) {
  return {
    id: row.id,
    name: row.name,
    account: row.accountName,
    platform: row.platform,
    trading_mode: row.trading_mode,
    is_active: row.is_active,
    exits_only: row.exits_only,
    delete_when_flat: row.delete_when_flat,
    is_intraday: row.is_intraday,
    squareoff_time: row.squareoff_time,
    position_scope: row.position_scope,
  };
}

export async function showStrategy(cli: Cli, args: { strategy: string }): Promise<Answer> {
  const publicUrl = readPublicUrl(cli.environment);
  return await withDb(cli, async (db) => {
    const strategy = await getStrategy(db, args.strategy);
    const account =
      strategy.accountId === null ? undefined : await findAccount(db, strategy.accountId);
    const accountName = account?.name ?? null;
    const shown = { strategy, accountName, publicUrl: publicUrl.url };
    return { data: strategyData(shown), text: strategyText(shown, publicUrl) };
  });
}
