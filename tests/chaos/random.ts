import { seededRandom } from '@orderlane/simulator/faults/fault-list';

/** A stream of chance that is the same for the same seed and name. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** Whole, both ends included. */
  between(min: number, max: number): number;
  /** @throws when there is nothing to pick from */
  pick<T>(from: readonly T[]): T;
  shuffle<T>(given: readonly T[]): T[];
  /** Waits between events that come by chance, so often on average (ms). */
  gapMs(meanMs: number): number;
}

/** Each part of a run has a stream of its own: how fast one goes changes nothing for the others. */
export function createRandom(seed: number, name: string): Random {
  const next = seededRandom(seed ^ hashOf(name));
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    between,
    pick<T>(from: readonly T[]): T {
      const [picked] = from.slice(Math.floor(next() * from.length));
      if (picked === undefined) throw new Error('There is nothing to pick from');
      return picked;
    },
    shuffle: (given) =>
      given
        .map((value) => ({ value, place: next() }))
        .toSorted((one, other) => one.place - other.place)
        .map(({ value }) => value),
    gapMs: (meanMs) => Math.min(5 * meanMs, -Math.log(1 - next()) * meanMs),
  };
}

function hashOf(text: string): number {
  let hash = 2_166_136_261;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
  return hash;
}
