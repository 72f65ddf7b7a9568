import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { LocalStackError } from './local-stack-error.ts';

const run = promisify(execFile);

interface UserIds {
  uid: number;
  gid: number;
}

export interface PostgresUser {
  /** Who must own the data; undefined: we are not root, and Postgres runs as we do. */
  owner?: UserIds;
  /** How to start a program as that user. */
  runAs(command: string, args: string[]): { command: string; args: string[] } & Partial<UserIds>;
}

/**
 * Postgres refuses to run as root, so under root it runs as the system user `postgres`, or
 * `nobody` where there is none; no user is created. `paths` are what it must reach: below a folder
 * such as /root it cannot, and then `setpriv` (util-linux) leaves it the right to pass folders.
 * @throws LocalStackError when there is no such user or no way to reach a path
 */
export async function findPostgresUser(paths: string[]): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return { runAs: (command, args) => ({ command, args }) };
  const owner = (await lookUp('postgres')) ?? (await lookUp('nobody'));
  if (!owner)
    throw new LocalStackError('Postgres may not run as root and there is no user `nobody`');
  const closed: string[] = [];
  for (const each of paths) if (!(await canReach(each, owner))) closed.push(each);
  if (closed.length === 0)
    return { owner, runAs: (command, args) => ({ command, args, ...owner }) };
  await assertSetpriv(closed);
  return { owner, runAs: (command, args) => withSetpriv(owner, [command, ...args]) };
}

function withSetpriv(ids: UserIds, command: string[]) {
  const who = [`--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups'];
  const rights = ['--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override'];
  // Without it access(2), by which Postgres looks for its programs, would ignore that right.
  rights.push('--securebits=+no_setuid_fixup');
  return { command: 'setpriv', args: [...who, ...rights, '--', ...command] };
}

async function lookUp(user: string): Promise<UserIds | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function canReach(target: string, ids: UserIds): Promise<boolean> {
  const { mode, uid, gid } = await stat(path.dirname(target));
  const bit = uid === ids.uid ? 0o100 : gid === ids.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = path.dirname(target);
  return parent === path.dirname(parent) ? true : await canReach(parent, ids);
}

async function assertSetpriv(closed: string[]): Promise<void> {
  try {
    await run('setpriv', ['--version']);
  } catch (error) {
    throw new LocalStackError(
      `You are root, Postgres must run as another user, and that user may not enter ${closed.map((each) => path.dirname(each)).join(' or ')}. Start as an ordinary user, or move the folder to a place that others may enter (chmod o+x), or set DATABASE_URL.`,
      { cause: error },
    );
  }
}
