import { type AuditFilter, type AuditRow, listAuditRows } from '@orderlane/db/audit-chain';
import type { Answer, Cli } from '../cli.ts';
import { formatInstant } from '../instant.ts';
import { type Column, formatTable } from '../table.ts';
import { withDb } from '../with-db.ts';

const columns: Column<AuditRow>[] = [
  { title: 'ROW', of: ({ seq }) => seq },
  { title: 'AT', of: ({ at }) => formatInstant(new Date(at)) },
  { title: 'WHO', of: ({ who }) => who, shrinks: true },
  { title: 'WHAT', of: ({ what }) => what },
  { title: 'SUBJECT', of: ({ subject }) => subject, shrinks: true },
  { title: 'CHANGED', of: describeChange, shrinks: true },
];

/** The newest rows of the audit log, newest first. */
export async function listAudit(
  cli: Cli,
  { filter, limit }: { filter: AuditFilter; limit: number },
): Promise<Answer> {
  const page = { ...filter, newest: limit };
  const rows = await withDb(cli, async (db) => await listAuditRows(db, page));
  const text = rows.length === 0 ? 'Nothing was changed' : formatTable(columns, rows);
  return { data: rows.map(auditData), text };
}

function auditData({ prevHash, before, after, ...row }: AuditRow) {
  return { ...row, before: parse(before), after: parse(after), prev_hash: prevHash };
}

function parse(json: string | null): Record<string, unknown> | null {
  return json === null ? null : (JSON.parse(json) as Record<string, unknown>);
}

/** The fields that are not as before, with their new values. */
function describeChange({ before, after }: AuditRow): string | null {
  const old = parse(before) ?? {};
  const fresh = parse(after);
  if (fresh === null) return before;
  const changed = Object.entries(fresh).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]),
  );
  return changed.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join(', ') || null;
}
