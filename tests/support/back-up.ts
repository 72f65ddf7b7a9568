import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { migrate } from '@orderlane/db/migrate';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { Client, escapeIdentifier } from 'pg';

const run = promisify(execFile);
const serverMajor = 18;

/**
 * Takes a backup of one database and restores it into another, empty one: by pg_dump and pg_restore where
 * they can read this server, which takes version 18 or newer; else by every row of every table into the
 * schema of the migrations, which is what pg_dump of the data alone would bring.
 */
export async function restoreInto(from: string, to: string): Promise<'pg_dump' | 'rows'> {
  if ((await dumpMajor()) < serverMajor) {
    process.stderr.write(
      '\nNO pg_dump OF VERSION 18: the rows are copied instead, pg_dump is NOT TESTED.\n\n',
    );
    await copyRows(from, to);
    return 'rows';
  }
  await using folder = await makeTemporaryFolder();
  const file = `${folder.path}/orderlane.dump`;
  await run('pg_dump', ['--format=custom', `--file=${file}`, from]);
  await run('pg_restore', ['--no-owner', '--exit-on-error', `--dbname=${to}`, file]);
  return 'pg_dump';
}

async function dumpMajor(): Promise<number> {
  try {
    const { stdout } = await run('pg_dump', ['--version']);
    return Number(/(\d+)\./.exec(stdout)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function copyRows(from: string, to: string): Promise<void> {
  await migrate(to);
  await onClient(from, async (source) => {
    await onClient(to, async (target) => {
      // As pg_restore does: keys and triggers come after the rows.
      await target.query("set session_replication_role = 'replica'");
      for (const table of await tablesOf(source)) await copyTable({ source, target }, table);
      await copySequences({ source, target });
    });
  });
}

interface Ends {
  source: Client;
  target: Client;
}

async function tablesOf(source: Client): Promise<string[]> {
  const { rows } = await source.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'",
  );
  return rows.map(({ name }) => name);
}

async function copyTable({ source, target }: Ends, table: string): Promise<void> {
  const name = escapeIdentifier(table);
  const columns = (await columnsOf(source, table)).map(escapeIdentifier).join(', ');
  const { rows } = await source.query<{ rows: string | null }>(
    `select json_agg(t)::text as rows from ${name} t`,
  );
  // Rows that the migrations themselves put there are in the backup, too; where this database is at home, is not.
  if (table !== 'database_homes') await target.query(`delete from ${name}`);
  await target.query(
    `insert into ${name} (${columns}) overriding system value
      select ${columns} from json_populate_recordset(null::${name}, $1)`,
    [rows[0]?.rows ?? '[]'],
  );
}

/** Columns that are computed from others are not in a backup. */
async function columnsOf(source: Client, table: string): Promise<string[]> {
  const { rows } = await source.query<{ name: string }>(
    `select attname as name from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  return rows.map(({ name }) => name);
}

async function copySequences({ source, target }: Ends): Promise<void> {
  const { rows } = await source.query<{ name: string; last: string }>(
    "select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public' and last_value is not null",
  );
  for (const { name, last } of rows) await target.query('select setval($1, $2)', [name, last]);
}

async function onClient(url: string, use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
