import { randomUUID } from 'node:crypto';
import { migrate } from '@orderlane/db/migrate';
import { migrations } from '@orderlane/db/migrations/index';
import { openDb } from '@orderlane/db/open-db';
import { verifyAudit } from '@orderlane/db/verify-audit';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, inject, test } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { createDatabase, dropDatabase, withDatabase } from '../support/database-admin.ts';

test('rows that are older than the chain are linked by the migration, gaps and all', async () => {
  const { adminUrl } = inject('sharedParts');
  const name = `orderlane_test_${randomUUID().slice(0, 13)}`;
  await createDatabase(adminUrl, { name });
  const databaseUrl = withDatabase(adminUrl, name);
  const opened = openDb({ databaseUrl, poolSize: 2 });
  try {
    const provider = { getMigrations: async () => await Promise.resolve(migrations) };
    await new Migrator({ db: opened.db, provider }).migrateTo('0014-alert-deliveries');
    await sql`insert into audit_log (who, what, subject, after)
      select 'cli:asha', 'account.pause', 'account ' || i, '{"a": 1.50}' from generate_series(1, 5) i`.execute(
      opened.db,
    );
    await sql`delete from audit_log where seq in (1, 4)`.execute(opened.db);

    const early = await commandLine({ DATABASE_URL: databaseUrl }).run(['audit', 'list']);
    expect(early.stderr).toMatch(/^error not_migrated: .*older than this version/);
    await migrate(databaseUrl);

    expect(await verifyAudit(opened.db)).toMatchObject({ rows: 3, head: { seq: 5 }, flaws: [] });
    await sql`insert into audit_log (who, what, subject) values ('a', 'b', 'c')`.execute(opened.db);
    expect(await verifyAudit(opened.db)).toMatchObject({ rows: 4, head: { seq: 6 }, flaws: [] });
  } finally {
    await opened.close();
    await dropDatabase(adminUrl, name);
  }
});
