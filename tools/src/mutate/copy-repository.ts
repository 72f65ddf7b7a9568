import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import path from 'node:path';

const scope = '@orderlane';

/**
 * Copies what git knows of a repository, and what it does not ignore, with the packages that are
 * installed there: those of others by link, ours as the copy has them.
 */
export async function copyRepository(from: string, to: string): Promise<void> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', list, { cwd: from, encoding: 'utf8' }).split('\0');
  for (const file of files.filter((name) => name !== '')) {
    await cp(path.join(from, file), path.join(to, file)).catch(ignoreMissing);
  }
  await linkPackages(path.join(from, 'node_modules'), path.join(to, 'node_modules'));
}

/** A file that was deleted and not yet committed is still listed. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(path.join(to, scope), { recursive: true });
  for (const name of await readdir(from)) {
    const isOwn = name === scope;
    const isTool = name.startsWith('.') && name !== '.bin';
    if (!isOwn && !isTool) await symlink(path.join(from, name), path.join(to, name));
  }
  for (const name of await readdir(path.join(from, scope))) {
    const place = path.join(scope, name);
    // Relative, so that it leads to the copy.
    await symlink(await readlink(path.join(from, place)), path.join(to, place));
  }
}
