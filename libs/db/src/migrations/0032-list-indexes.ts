import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // The console shows the newest first, page by page.
  await sql`create index closings_opened on closings (opened_at, id)`.execute(db);
}
