import type { TestProcess } from './start-process.ts';

/** The lanes that an executor serves now, as its log says. */
export function lanesServed(executor: TestProcess): string[] {
  const served = new Set<string>();
  for (const { event, lane } of executor.logs()) {
    if (event === 'lane_served') served.add(String(lane));
    if (event === 'lane_left') served.delete(String(lane));
  }
  return [...served].toSorted();
}
