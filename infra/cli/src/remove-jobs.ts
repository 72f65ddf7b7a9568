import type { CancelledEntry } from '@orderlane/db/braked-orders';
import type { Cli } from './cli.ts';
import { withLanes } from './with-lanes.ts';

/**
 * Takes the dead jobs of cancelled orders off their lanes, if Redis can be reached: each would cost
 * its lane a turn, and no more than that.
 */
export async function removeJobs(cli: Cli, orders: readonly CancelledEntry[]): Promise<void> {
  if (orders.length > 0) await withLanes(cli, async (lanes) => await lanes.remove(orders));
}
