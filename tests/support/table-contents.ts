import type { Db } from '@orderlane/db/open-db';
import { sql } from 'kysely';

/** The log of changes itself, and its head. */
const logTables = new Set(['audit_log', 'chain_heads']);

/** Everything that is stored, but for the audit log: equal texts, nothing was changed. */
export async function readTables(db: Db): Promise<string> {
  const tables = (await db.introspection.getTables()).map(({ name }) => name);
  const contents: string[] = [];
  for (const table of tables.filter((name) => !logTables.has(name)).toSorted()) {
    const { rows } = await sql<{ content: string | null }>`
      select jsonb_agg(t order by t::text)::text as content from ${sql.table(table)} t`.execute(db);
    contents.push(`${table}: ${rows[0]?.content}`);
  }
  return contents.join('\n');
}
