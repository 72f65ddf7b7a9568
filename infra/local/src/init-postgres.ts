import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LocalStackError } from './local-stack-error.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { PostgresUser } from './postgres-user.ts';
import { startChild } from './start-child.ts';

/** The owner of every database of the local server. */
export const LOCAL_POSTGRES_ROLE = 'orderlane';

/** The major version whose data folder the embedded server can read. */
const MAJOR = '18';

export interface PostgresFolder {
  dataDir: string;
  password: string;
}

export interface InitDeps {
  binaries: PostgresBinaries;
  user: PostgresUser;
}

/**
 * The data folder and password below `dir`, made on the first call. Half-made data never gets its
 * final name, so whatever has that name was complete once.
 * @throws LocalStackError when what is there is not a data folder of this Postgres version
 */
export async function preparePostgresFolder(deps: InitDeps, dir: string): Promise<PostgresFolder> {
  const dataDir = path.join(dir, 'data');
  const passwordFile = path.join(dir, 'password');
  if (await isMissing(dataDir)) {
    await initialise(deps, { dir, dataDir, passwordFile });
  }
  const version = (await readOr(path.join(dataDir, 'PG_VERSION'), '')).trim();
  if (version === '') throw unusable(dir, 'the file data/PG_VERSION is missing');
  if (version !== MAJOR) throw unusable(dir, `it was made by version ${version}`);
  const password = (await readOr(passwordFile, '')).trim();
  if (password === '') throw unusable(dir, 'the file "password" is missing');
  return { dataDir, password };
}

/** What to say, everywhere, about data that the server cannot use: nothing is ever deleted. */
export function unusable(dir: string, why: string, cause?: unknown): LocalStackError {
  return new LocalStackError(
    `The Postgres data in ${dir} cannot be used: ${why}. Nothing was changed or deleted. To keep it, restore a backup there; to begin afresh, rename the folder (mv ${dir} ${dir}.broken) and start again. The embedded Postgres is version ${MAJOR}.`,
    { cause },
  );
}

async function initialise(
  deps: InitDeps,
  at: { dir: string; dataDir: string; passwordFile: string },
): Promise<void> {
  const making = `${at.dataDir}.making`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  await writeFile(at.passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  const { owner } = deps.user;
  if (owner) for (const each of [making, at.passwordFile]) await chown(each, owner.uid, owner.gid);
  const program = deps.user.runAs(deps.binaries.initdb, initdbArgs(making, at));
  await using initdb = await startChild({ name: 'initdb', stopSignal: 'SIGTERM', ...program });
  const { code } = await initdb.exited;
  if (code !== 0) throw new LocalStackError(`initdb failed:\n${initdb.tail()}`);
  await rename(making, at.dataDir);
}

function initdbArgs(making: string, at: { passwordFile: string }): string[] {
  return [
    `--pgdata=${making}`,
    `--username=${LOCAL_POSTGRES_ROLE}`,
    `--pwfile=${at.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The same order of texts on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
}

async function isMissing(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true;
    throw error;
  }
}

async function readOr(file: string, otherwise: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return otherwise;
  }
}
