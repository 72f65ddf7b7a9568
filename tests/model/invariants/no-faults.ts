import type { History } from './history.ts';

/** No client sees an error of the database: no deadlock, no violated constraint, no forbidden move. */
export function noFaults(history: History): string[] {
  return history.log.faults.map(({ doing, error }) => `${doing}: ${String(error)}`);
}
