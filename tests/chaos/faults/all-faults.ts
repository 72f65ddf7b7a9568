import type { ChaosFault } from './fault.ts';
import { handFaults } from './hand-faults.ts';
import { linkFaults } from './link-faults.ts';
import { openalgoFaults } from './openalgo-faults.ts';
import { processFaults } from './process-faults.ts';
import { serverFaults } from './server-faults.ts';
import { storeFaults } from './store-faults.ts';

const allFaults: readonly ChaosFault[] = [
  ...processFaults,
  ...storeFaults,
  ...linkFaults,
  ...openalgoFaults,
  ...handFaults,
  ...serverFaults,
];

/**
 * The faults of a run: all, or the named ones; a name may be the beginning of several.
 * @throws when a name fits none
 */
export function chooseFaults(names: readonly string[] | undefined): ChaosFault[] {
  if (names === undefined) return [...allFaults];
  return names.flatMap((name) => {
    const found = allFaults.filter((fault) => fault.name.startsWith(name));
    if (found.length > 0) return found;
    throw new Error(`No fault is named ${name}: ${allFaults.map((each) => each.name).join(', ')}`);
  });
}
