import { randomUUID } from 'node:crypto';
import { migrate } from '@orderlane/db/migrate';
import type { TestProject } from 'vitest/node';
import { readTestConfig } from './config.ts';
import { createDatabase, dropDatabase, withDatabase } from './database-admin.ts';
import { startTestServers } from './test-servers.ts';

/** What every test file of the run may inject. */
export interface SharedParts {
  adminUrl: string;
  redisUrl: string;
  /** A migrated, empty database to copy. */
  templateDatabase: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    sharedParts: SharedParts;
  }
}

/** Brings up one Postgres and one Redis for the whole run and migrates the template once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await startTestServers(readTestConfig());
  const templateDatabase = `orderlane_template_${randomUUID().slice(0, 8)}`;
  await createDatabase(servers.adminUrl, { name: templateDatabase });
  await migrate(withDatabase(servers.adminUrl, templateDatabase));
  project.provide('sharedParts', {
    adminUrl: servers.adminUrl,
    redisUrl: servers.redisUrl,
    templateDatabase,
  });
  return async () => {
    await dropDatabase(servers.adminUrl, templateDatabase);
    await servers[Symbol.asyncDispose]();
  };
}
