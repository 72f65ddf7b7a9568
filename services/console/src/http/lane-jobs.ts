import type { Lanes } from '@orderlane/queue/lanes';
import type { Log } from '@orderlane/runtime/log';
import type { LaneJobs } from './manage-deps.ts';

/** Tells the lanes; what Redis does not take, the sweep and the claim find out. */
export function createLaneJobs(lanes: Pick<Lanes, 'add' | 'remove'>, log: Log): LaneJobs {
  const leave = (err: unknown) =>
    log.warn({ event: 'left_to_the_sweep', err }, 'left to the sweep: Redis did not take it');
  return {
    wake: (orders) => {
      if (orders.length > 0) lanes.add([...orders]).catch(leave);
    },
    drop: (orders) => {
      if (orders.length > 0) lanes.remove([...orders]).catch(leave);
    },
  };
}
