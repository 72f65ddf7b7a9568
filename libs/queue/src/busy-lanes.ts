import { type LaneOfAccount, parseLaneName } from '@orderlane/domain/lane';
import type { Redis } from 'ioredis';
import { attendanceScript, leaveScript, lookScript, touchScript } from './busy-lanes-script.ts';

/** An executor that has not looked for so long is taken for dead, and others serve its lanes (ms). */
const goneMs = 3000;

/** How often an executor looks at the least (ms). */
export const lookEveryMs = 1000;

export interface Look {
  /** Those that live, the one that looks among them. */
  executors: string[];
  /** On which something was added a while ago at the most, or waits. */
  lanes: LaneOfAccount[];
}

export interface BusyLanes {
  /** Something is about to be added to these lanes: executors begin to serve those that were idle. */
  touch(lanes: readonly string[]): Promise<void>;
  /** Says that this executor lives, lets go of lanes that were idle for `keepMs`, and reads what is left. */
  look(args: { executor: string; keepMs: number }): Promise<Look>;
  /** This executor stops: others take its lanes over at once. */
  leave(executor: string): Promise<void>;
  /** How many executors live, and the names of the busy lanes. */
  attendance(): Promise<{ executors: number; lanes: string[] }>;
}

type Script = (keys: number, ...args: (string | number)[]) => Promise<unknown>;

interface BusyRedis extends Redis {
  orderlaneTouch: Script;
  orderlaneLook: Script;
  orderlaneLeave: Script;
  orderlaneAttendance: Script;
}

function withScripts(redis: Redis): BusyRedis {
  redis.defineCommand('orderlaneTouch', { lua: touchScript });
  redis.defineCommand('orderlaneLook', { lua: lookScript });
  redis.defineCommand('orderlaneLeave', { lua: leaveScript });
  redis.defineCommand('orderlaneAttendance', { lua: attendanceScript });
  return redis as BusyRedis;
}

/** The set of busy lanes in this Redis; what is said when a lane joins it goes by its name. */
export function busyLanesKey(prefix: string): string {
  return `${prefix}:busy`;
}

/**
 * The lanes on which something may have to be done, and who is there to do it, on Redis's clock. Lost
 * with Redis, it is there again after the next sweep: every add says that its lane is busy.
 */
export function createBusyLanes(deps: { redis: Redis; prefix: string }): BusyLanes {
  const redis = withScripts(deps.redis);
  const keys = [busyLanesKey(deps.prefix), `${deps.prefix}:executors`] as const;
  return {
    async touch(lanes) {
      await redis.orderlaneTouch(1, keys[0], ...lanes);
    },
    async look({ executor, keepMs }) {
      const args = [executor, goneMs, keepMs, `${deps.prefix}:`];
      const [executors, lanes] = (await redis.orderlaneLook(2, ...keys, ...args)) as string[][];
      return {
        executors: executors ?? [],
        lanes: (lanes ?? []).flatMap((name) => parseLaneName(name) ?? []),
      };
    },
    async leave(executor) {
      await redis.orderlaneLeave(2, ...keys, executor);
    },
    async attendance() {
      const answer = await redis.orderlaneAttendance(2, ...keys, goneMs);
      const [executors, lanes] = answer as [number, string[]];
      return { executors, lanes };
    },
  };
}
