import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes the names under which the embedded Postgres looks for its libraries. npm cannot pack links;
 * the package makes them in an install script, which npm need not have run.
 * @param packageDir the folder of the package that holds the server
 */
export async function linkLibraries(packageDir: string): Promise<void> {
  for (const { source, target } of await readLinks(packageDir)) {
    const link = path.join(packageDir, target);
    try {
      await symlink(path.relative(path.dirname(target), source), link);
    } catch (error) {
      const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isThere) throw error;
    }
  }
}

async function readLinks(packageDir: string): Promise<{ source: string; target: string }[]> {
  try {
    const text = await readFile(path.join(packageDir, 'native', 'pg-symlinks.json'), 'utf8');
    return JSON.parse(text) as { source: string; target: string }[];
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) return [];
    throw error;
  }
}
