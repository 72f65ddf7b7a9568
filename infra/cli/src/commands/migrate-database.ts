import { migrate } from '@orderlane/db/migrate';
import type { Answer, Cli } from '../cli.ts';
import { readDatabaseConfig } from '../config.ts';

/** Brings the database to the newest schema. */
export async function migrateDatabase(cli: Cli): Promise<Answer> {
  const { DATABASE_URL } = readDatabaseConfig(cli.environment);
  const applied = await migrate(DATABASE_URL);
  const text =
    applied.length === 0
      ? 'The database is up to date'
      : `Applied ${applied.length}: ${applied.join(', ')}`;
  return { data: { applied }, text };
}
