import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './open-db.ts';

/** A row of the audit log with its texts as they are hashed. */
export interface AuditRow {
  seq: number;
  /** UTC with microseconds: `2026-11-22T04:45:00.123456Z` */
  at: string;
  who: string;
  origin: string | null;
  what: string;
  subject: string;
  /** JSON as Postgres writes jsonb. */
  before: string | null;
  after: string | null;
  prevHash: string;
  hash: string;
}

/** Which rows: all that are set must fit. */
export interface AuditFilter {
  /** An instant, inclusive. */
  from?: Date;
  /** An instant, exclusive. */
  to?: Date;
  who?: string;
  what?: string;
  subject?: string;
}

/** An instant as the chains hash it. */
export function instantText(column: string) {
  return sql.raw<string>(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);
}

/** The rows of one page, in their order, after that number; or the newest ones (below one), newest first. */
export async function listAuditRows(
  db: Db,
  page: AuditFilter & ({ after: number; limit: number } | { newest: number; below?: number }),
): Promise<AuditRow[]> {
  let query = db
    .selectFrom('audit_log')
    .select(['seq', 'who', 'origin', 'what', 'subject', 'prev_hash as prevHash', 'hash'])
    .select([
      instantText('at').as('at'),
      sql<string | null>`before::text`.as('before'),
      sql<string | null>`after::text`.as('after'),
    ]);
  const { from, to, who, what, subject } = page;
  if (from !== undefined) query = query.where('at', '>=', from);
  if (to !== undefined) query = query.where('at', '<', to);
  if (who !== undefined) query = query.where('who', '=', who);
  if (what !== undefined) query = query.where('what', '=', what);
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if ('below' in page) query = query.where('seq', '<', page.below);
  query =
    'newest' in page
      ? query.orderBy('seq', 'desc').limit(page.newest)
      : query.where('seq', '>', page.after).orderBy('seq').limit(page.limit);
  return await query.execute();
}

/**
 * The hash of a row as if it had this number: of the JSON array of what it links to and holds, texts as
 * above, with `, ` between its items. The trigger `audit_hash` computes the same.
 */
export function auditHash(row: AuditRow, seq: number): string {
  const { prevHash, at, who, origin, what, subject, before, after } = row;
  const items = [prevHash, seq, at, who, origin, what, subject, before, after];
  const text = `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
  return createHash('sha256').update(text).digest('hex');
}
