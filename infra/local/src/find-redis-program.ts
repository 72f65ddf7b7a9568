import { findOnPath } from './find-on-path.ts';
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
  for (const program of PROGRAMS) {
    const command = await findOnPath(program.command, searchPath);
    if (command !== undefined) return { ...program, command };
  }
  return undefined;
}
