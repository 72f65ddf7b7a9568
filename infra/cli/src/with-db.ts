import { type Db, openDb } from '@orderlane/db/open-db';
import type { Manager } from '@orderlane/manage/manager';
import type { Cli } from './cli.ts';
import { readDatabaseConfig } from './config.ts';

/** Opens the database for one command. @throws ConfigError, and what the command throws */
export async function withDb<T>(cli: Cli, use: (db: Db) => Promise<T>): Promise<T> {
  const { DATABASE_URL } = readDatabaseConfig(cli.environment);
  const opened = openDb({ databaseUrl: DATABASE_URL, poolSize: 1 });
  try {
    return await use(opened.db);
  } finally {
    await opened.close();
  }
}

/** As `withDb`; all that is read is of one instant, however long that takes. */
export async function inSnapshot<T>(cli: Cli, read: (db: Db) => Promise<T>): Promise<T> {
  return await withDb(cli, async (db) => {
    const snapshot = db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only');
    return await snapshot.execute(read);
  });
}

/**
 * As `withDb`, all or nothing: a command and its line in the audit log belong together. Whoever has
 * the database's address has everybody's accounts.
 */
export async function inTransaction<T>(
  cli: Cli,
  use: (manager: Manager) => Promise<T>,
): Promise<T> {
  return await withDb(
    cli,
    async (db) =>
      await db
        .transaction()
        .execute(async (trx) => await use({ db: trx, who: cli.who, from: cli.from, tenant: null })),
  );
}
