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

const invariants = {
  calledOnce,
  calledInOrder,
  exitVoidsEntry,
  oneUnsettledTwin,
  smartAlone,
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
  const history = await readHistory(world);
  return Object.entries(invariants).flatMap(([name, find]) => {
    const found = find(history);
    const more = found.length > shown ? [`${name}: ${found.length} in all`] : [];
    return [...found.slice(0, shown).map((violation) => `${name}: ${violation}`), ...more];
  });
}
