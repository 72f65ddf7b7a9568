import { Migrator } from 'kysely/migration';
import { migrations } from './migrations/index.ts';
import { openDb } from './open-db.ts';
import { readSchemaVersion } from './schema-version.ts';

export interface Migrated {
  applied: string[];
  /** Migrations of a newer version that are there already; then nothing is applied. */
  newer: string[];
}

/**
 * Brings the database at `databaseUrl` to the newest schema; several processes may call it at once. One that a
 * newer version has migrated is left as it is: programs of the version before go on with it, and an installation
 * can go back to them.
 * @throws when a migration fails (the database stays at the last one that did not), or one of a newer version
 * lacks one of ours
 */
export async function migrate(databaseUrl: string): Promise<Migrated> {
  const opened = openDb({ databaseUrl, poolSize: 2 });
  try {
    const { missing, unknown } = await readSchemaVersion(opened.db);
    if (unknown.length > 0 && missing.length === 0) return { applied: [], newer: unknown };
    const migrator = new Migrator({
      db: opened.db,
      provider: { getMigrations: async () => await Promise.resolve(migrations) },
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined)
      throw new Error('The database could not be migrated', { cause: error });
    return { applied: (results ?? []).map((result) => result.migrationName), newer: [] };
  } finally {
    await opened.close();
  }
}
