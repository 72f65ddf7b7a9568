import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import type { RedisProgram } from './start-redis-program.ts';

/**
 * The programs that are a Redis server. The last is Debian's: its package redis-tools brings the
 * server's program under the name of its checker, and the name it is called by decides.
 */
const PROGRAMS: RedisProgram[] = [
  { command: 'redis-server' },
  { command: 'valkey-server' },
  { command: 'redis-check-rdb', argv0: 'redis-server' },
];

/** The first Redis server in the folders of `searchPath` (a PATH), with its full path. */
export async function findRedisProgram(searchPath: string): Promise<RedisProgram | undefined> {
  const folders = searchPath.split(path.delimiter).filter((folder) => folder !== '');
  for (const program of PROGRAMS) {
    for (const folder of folders) {
      const command = path.join(folder, program.command);
      if (await isExecutable(command)) return { ...program, command };
    }
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
