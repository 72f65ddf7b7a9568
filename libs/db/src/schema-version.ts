import { sql } from 'kysely';
import { migrations } from './migrations/index.ts';
import type { Db } from './open-db.ts';

export interface SchemaVersion {
  /** Migrations of these programs that the database has not had. */
  missing: string[];
  /** Migrations of newer programs. */
  unknown: string[];
}

export async function readSchemaVersion(db: Db): Promise<SchemaVersion> {
  const known = Object.keys(migrations);
  const { rows: tables } = await sql<{ there: boolean }>`
    select to_regclass('kysely_migration') is not null as there`.execute(db);
  if (tables[0]?.there !== true) return { missing: known, unknown: [] };
  const { rows } = await sql<{
    name: string;
  }>`select name from kysely_migration order by name`.execute(db);
  const applied = rows.map(({ name }) => name);
  return {
    missing: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}
