import { type Migrated, migrate } from '@orderlane/db/migrate';
import type { Answer, Cli } from '../cli.ts';
import { readDatabaseConfig } from '../config.ts';

/** Brings the database to the newest schema. */
export async function migrateDatabase(cli: Cli): Promise<Answer> {
  const { DATABASE_URL } = readDatabaseConfig(cli.environment);
  const migrated = await migrate(DATABASE_URL);
  return { data: migrated, text: textOf(migrated) };
}

function textOf({ applied, newer }: Migrated): string {
  if (newer.length > 0) {
    return `The database is newer than these programs, which go on with it (${newer.join(', ')}): left as it is`;
  }
  if (applied.length === 0) return 'The database is up to date';
  return `Applied ${applied.length}: ${applied.join(', ')}`;
}
