import { Redis } from 'ioredis';
import { sql } from 'kysely';
import type { BenchSystem } from '../bench-system.ts';
import { familySeconds, processorSeconds } from './processor-time.ts';

interface Counters {
  seconds: Record<string, number>;
  commits: number;
  redisCommands: number;
}

/** What was used while `work` ran. */
export interface Use {
  ms: number;
  /** Share of one core, by process; `postgres` is all of its processes, `bench` this one. */
  cores: Record<string, number>;
  commitsPerS: number;
  redisCommandsPerS: number;
}

/** Runs `work` and measures what each part of the system used meanwhile. */
export async function measureUse<T>(
  system: BenchSystem,
  work: () => Promise<T>,
): Promise<{ value: T; use: Use }> {
  const before = await readCounters(system);
  const startedAt = performance.now();
  const value = await work();
  const ms = performance.now() - startedAt;
  const after = await readCounters(system);
  const perS = (one: number, other: number) => ((other - one) / ms) * 1000;
  const cores = Object.fromEntries(
    Object.entries(after.seconds).map(([name, seconds]) => [
      name,
      perS(before.seconds[name] ?? 0, seconds),
    ]),
  );
  return {
    value,
    use: {
      ms,
      cores,
      commitsPerS: perS(before.commits, after.commits),
      redisCommandsPerS: perS(before.redisCommands, after.redisCommands),
    },
  };
}

/** For the table: the processes that used the most, and what they asked of the stores. */
export function boundBy({ cores, commitsPerS, redisCommandsPerS }: Use): string {
  const busiest = Object.entries(cores)
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 4)
    .map(([name, share]) => `${name} ${share.toFixed(2)}`);
  return `cores: ${busiest.join(', ')}; ${Math.round(commitsPerS)} commits/s, ${Math.round(redisCommandsPerS)} Redis commands/s`;
}

async function readCounters({ stack, pids, postmasterPid }: BenchSystem): Promise<Counters> {
  const seconds: Record<string, number> = {
    bench: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    postgres: await familySeconds(postmasterPid),
  };
  for (const [name, pid] of pids) seconds[name] = await processorSeconds(pid);
  const { rows } = await sql<{ commits: number }>`
    select xact_commit::float8 as commits from pg_stat_database where datname = current_database()`.execute(
    stack.db,
  );
  const info = await readRedis(stack.parts.redisUrl);
  seconds['redis'] = info.seconds;
  return {
    seconds,
    commits: rows[0]?.commits ?? Number.NaN,
    redisCommands: info.commands,
  };
}

/** Counters of Redis' own, since its start. */
export async function readRedis(redisUrl: string) {
  const redis = new Redis(redisUrl);
  try {
    const info = await redis.info();
    const read = (name: string) =>
      Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1] ?? Number.NaN);
    return {
      commands: read('total_commands_processed'),
      seconds: read('used_cpu_user') + read('used_cpu_sys'),
      clients: read('connected_clients'),
      memoryMiB: read('used_memory') / 1024 / 1024,
    };
  } finally {
    redis.disconnect();
  }
}
