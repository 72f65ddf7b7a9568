import { listUsers, type UserRow } from '@orderlane/db/users';
import { userData } from '@orderlane/manage/manage-users';
import type { Answer, Cli } from '../cli.ts';
import { type Column, formatTable } from '../table.ts';
import { withDb } from '../with-db.ts';

const columns: Column<UserRow>[] = [
  { title: 'E-MAIL', of: (row) => row.email, shrinks: true },
  { title: 'NAME', of: (row) => row.name, shrinks: true },
  { title: 'ROLE', of: (row) => row.role },
  { title: 'TENANT', of: (row) => row.tenant_id, shrinks: true },
  { title: '2ND FACTOR', of: (row) => (row.two_factor_enabled ? 'yes' : 'no') },
  { title: 'STATE', of: (row) => (row.disabled_at === null ? 'ok' : 'disabled') },
  { title: 'ID', of: (row) => row.id },
];

export async function showUsers(cli: Cli): Promise<Answer> {
  const rows = await withDb(cli, listUsers);
  const text = rows.length === 0 ? 'Nobody can sign in yet' : formatTable(columns, rows);
  return { data: rows.map(userData), text };
}
