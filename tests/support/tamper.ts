import type { Db } from '@orderlane/db/open-db';
import { sql } from 'kysely';

/** Runs statements as somebody who owns the database and means ill: no trigger stops them. */
export async function tamper(db: Db, ...statements: string[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`set local session_replication_role = replica`.execute(transaction);
    for (const statement of statements) await sql.raw(statement).execute(transaction);
  });
}
