import { type AccountRow, listAccounts } from '@orderlane/db/accounts';
import { accountData, accountState, mayTrade } from '@orderlane/manage/account-data';
import type { Answer, Cli } from '../cli.ts';
import { type Column, formatTable } from '../table.ts';
import { withDb } from '../with-db.ts';

const columns: Column<AccountRow>[] = [
  { title: 'ID', of: (row) => row.id },
  { title: 'NAME', of: (row) => row.name, shrinks: true },
  { title: 'MODE', of: (row) => row.mode ?? 'unknown' },
  { title: 'TRADING', of: (row) => (mayTrade(row) ? 'on' : 'off') },
  { title: 'STATE', of: accountState },
  { title: 'ADDRESS', of: (row) => row.base_url, shrinks: true },
];

export async function showAccounts(cli: Cli): Promise<Answer> {
  const rows = await withDb(cli, listAccounts);
  const text = rows.length === 0 ? 'No accounts yet' : formatTable(columns, rows);
  return { data: rows.map(accountData), text };
}
