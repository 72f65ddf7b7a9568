import type { AccountId } from '@orderlane/domain/ids';
import { type Lane, laneName } from '@orderlane/domain/lane';
import type { Redis } from 'ioredis';
import type { BusyLanes } from './busy-lanes.ts';
import { executorsOfAnAccount } from './choose-executors.ts';

export type CountServers = (lane: Lane, accountId: AccountId) => number;

/**
 * Who serves the lanes, in one look for all of them: of a busy lane the executors that have a connection
 * for it, of an idle one those that live and would have one as soon as something is added.
 * @throws when Redis does not answer
 */
export async function readLaneServers(deps: {
  redis: Redis;
  prefix: string;
  busyLanes: Pick<BusyLanes, 'attendance'>;
}): Promise<CountServers> {
  const { executors, lanes } = await deps.busyLanes.attendance();
  const busy = new Set(lanes);
  const ready = Math.min(executorsOfAnAccount, executors);
  const connected = await countConnections(deps.redis);
  return (lane, accountId) => {
    const name = laneName(lane, accountId);
    if (!busy.has(name) || connected === undefined) return ready;
    return connected.get(connectionName(deps.prefix, name)) ?? 0;
  };
}

/** As BullMQ names the blocking connection of a worker. */
function connectionName(prefix: string, lane: string): string {
  return `${prefix}:${Buffer.from(lane).toString('base64')}`;
}

/** Undefined: this Redis does not tell (some managed ones refuse CLIENT). */
async function countConnections(redis: Redis): Promise<Map<string, number> | undefined> {
  const list = await redis.client('LIST').catch(() => undefined);
  if (list === undefined) return undefined;
  const counts = new Map<string, number>();
  for (const [, name = ''] of String(list).matchAll(/ name=(\S*)/g)) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
