import type { Db } from '@orderlane/db/open-db';
import { sql } from 'kysely';

/**
 * Makes writers linger in the middle of their statements, with the row locked: statements of a
 * millisecond would hardly ever meet, and what goes wrong only when they do would stay unseen.
 */
export async function addJitter(db: Db): Promise<void> {
  await sql`
    create function linger() returns trigger language plpgsql as $$
    begin
      if random() < 0.25 then perform pg_sleep(random() * 0.006); end if;
      return new;
    end $$`.execute(db);
  for (const table of ['orders', 'submissions', 'executions', 'strategy_instruments']) {
    await sql`
      create trigger linger before insert or update on ${sql.table(table)}
      for each row execute function linger()`.execute(db);
  }
}
