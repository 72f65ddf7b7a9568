import type { StrategyId } from '@orderlane/domain/ids';

/** What waits its turn; a key is something that two may not have at the same time. */
export interface Queued {
  strategyId: StrategyId;
  keys: readonly string[];
}

export interface StrategyQueues<T extends Queued> {
  add(item: T): void;
  /**
   * The next that may go together: with their keys no more than `most`, each key in one of them, in the
   * order in which they came for it. Until they are released nothing else of their strategies goes.
   */
  take(most: number): T[];
  release(strategyIds: Iterable<StrategyId>): void;
}

/** What waits, strategy by strategy; who waited longest is asked first. */
export function createStrategyQueues<T extends Queued>(): StrategyQueues<T> {
  const queues = new Map<StrategyId, T[]>();
  const underWay = new Set<StrategyId>();
  const free = () => [...queues].filter(([strategyId]) => !underWay.has(strategyId));
  return {
    add(item) {
      const queue = queues.get(item.strategyId);
      if (queue === undefined) queues.set(item.strategyId, [item]);
      else queue.push(item);
    },
    take(most) {
      const taken: T[] = [];
      let room = most;
      for (const [strategyId, queue] of free()) {
        if (room <= 0) break;
        const { going, staying, size } = split(queue, room);
        // Those that stay come after the strategies that had no turn.
        queues.delete(strategyId);
        if (staying.length > 0) queues.set(strategyId, staying);
        underWay.add(strategyId);
        taken.push(...going);
        room -= size;
      }
      return taken;
    },
    release(strategyIds) {
      for (const id of strategyIds) underWay.delete(id);
    },
  };
}

function sizeOf({ keys }: Queued): number {
  return Math.max(1, keys.length);
}

/** The first goes whatever its size: it would never be smaller. */
function split<T extends Queued>(queue: readonly T[], room: number) {
  const going: T[] = [];
  const staying: T[] = [];
  const met = new Set<string>();
  let size = 0;
  for (const item of queue) {
    const fits = going.length === 0 || size + sizeOf(item) <= room;
    const isFree = item.keys.every((key) => !met.has(key));
    if (fits && isFree) {
      going.push(item);
      size += sizeOf(item);
    } else staying.push(item);
    for (const key of item.keys) met.add(key);
  }
  return { going, staying, size };
}
