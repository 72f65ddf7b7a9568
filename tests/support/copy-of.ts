import { openDb } from '@orderlane/db/open-db';
import { inject } from 'vitest';
import { createDatabase, dropDatabase, endConnections, withDatabase } from './database-admin.ts';
import type { FreshParts } from './fresh-parts.ts';

/** A copy of a test's database on the same server, as a restore into a database beside it makes one. */
export async function copyOf(parts: FreshParts): Promise<FreshParts> {
  const { adminUrl } = inject('sharedParts');
  const template = new URL(parts.databaseUrl).pathname.slice(1);
  const name = `${template}_copy`;
  await endConnections(adminUrl, template);
  await createDatabase(adminUrl, { name, template });
  const databaseUrl = withDatabase(adminUrl, name);
  const opened = openDb({ databaseUrl, poolSize: 5 });
  const dispose = async () => {
    await opened.close();
    await dropDatabase(adminUrl, name);
  };
  const redisPrefix = `${parts.redisPrefix}-copy`;
  return {
    ...{ databaseUrl, redisUrl: parts.redisUrl, redisPrefix, db: opened.db, dispose },
    [Symbol.asyncDispose]: dispose,
  };
}
