import { Migrator } from 'kysely/migration';
import { migrations } from './migrations/index.ts';
import { openDb } from './open-db.ts';

/**
 * Brings the database at `databaseUrl` to the newest schema; several processes may call it at once.
 * @throws when a migration fails (the database stays at the last one that did not) or the database is newer.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const opened = openDb({ databaseUrl, poolSize: 2 });
  try {
    const migrator = new Migrator({
      db: opened.db,
      provider: { getMigrations: async () => await Promise.resolve(migrations) },
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined)
      throw new Error('The database could not be migrated', { cause: error });
    return (results ?? []).map((result) => result.migrationName);
  } finally {
    await opened.close();
  }
}
