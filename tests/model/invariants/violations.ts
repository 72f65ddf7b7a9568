import type { World } from '../clients/world.ts';
import { brakesHold } from './brakes-hold.ts';
import { calledInOrder } from './called-in-order.ts';
import { calledOnce } from './called-once.ts';
import { exitVoidsEntry } from './exit-voids-entry.ts';
import { exitWaitBounded } from './exit-wait-bounded.ts';
import { type History, readHistory } from './history.ts';
import { movesAreLawful } from './moves-are-lawful.ts';
import { noFaults } from './no-faults.ts';
import { nothingLost } from './nothing-lost.ts';
import { numberedInOrder } from './numbered-in-order.ts';
import { oneUnsettledTwin } from './one-unsettled-twin.ts';
import { smartAlone } from './smart-alone.ts';

/** What is true of every run, whatever its clients are. */
export const rulesOfAll = {
  calledOnce,
  calledInOrder,
  exitVoidsEntry,
  oneUnsettledTwin,
  numberedInOrder,
  brakesHold,
  exitWaitBounded,
  movesAreLawful,
  nothingLost,
  noFaults,
  snapshots: ({ log }: History) => [...log.sightings],
};

const shown = 3;

/** What a run did against the rules, the first few of each kind; empty when it kept them all. */
export async function findViolations(world: World): Promise<string[]> {
  return applyRules({ ...rulesOfAll, smartAlone }, await readHistory(world));
}

export function applyRules<Known>(
  rules: Record<string, (known: Known) => string[]>,
  known: Known,
): string[] {
  return Object.entries(rules).flatMap(([name, find]) => {
    const found = find(known);
    const more = found.length > shown ? [`${name}: ${found.length} in all`] : [];
    return [...found.slice(0, shown).map((violation) => `${name}: ${violation}`), ...more];
  });
}
