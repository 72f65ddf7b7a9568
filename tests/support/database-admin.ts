import { Client, escapeIdentifier } from 'pg';

/** The address of another database on the same server. */
export function withDatabase(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Creates a database, as a copy of `template` when given. */
export async function createDatabase(
  adminUrl: string,
  wanted: { name: string; template?: string },
): Promise<void> {
  const template = wanted.template ? ` template ${escapeIdentifier(wanted.template)}` : '';
  await runAsAdmin(adminUrl, `create database ${escapeIdentifier(wanted.name)}${template}`);
}

/** Drops a database, ending what is still connected to it. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await runAsAdmin(adminUrl, `drop database if exists ${escapeIdentifier(name)} with (force)`);
}

/** Ends what is connected to a database, so that it can be copied. */
export async function endConnections(adminUrl: string, name: string): Promise<void> {
  const ended = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`;
  await runAsAdmin(adminUrl, ended);
}

async function runAsAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
