/** One row of a hash chain as it stands in its table. */
export interface Link {
  seq: number;
  prevHash: string;
  hash: string;
  /** The hash is that of the row's content at this number. */
  isWhole: boolean;
  /** The hash that its content would have at another number. */
  hashAt(seq: number): string;
}

/** Where a chain begins, or ends: the number of a link and its hash. */
export interface ChainPoint {
  seq: number;
  hash: string;
}

/** What is wrong with a chain, and where. `moved`: the row that belongs at `seq` stands at `now`. */
export type ChainFlaw =
  | { kind: 'changed' | 'inserted'; seq: number }
  | { kind: 'removed'; seq: number; upTo: number }
  | { kind: 'moved'; seq: number; now: number };

/** A chain of which nothing has been cut off begins here. */
export const chainOrigin: ChainPoint = { seq: 0, hash: '' };

interface Walk {
  links: readonly Link[];
  byHash: ReadonlyMap<string, Link>;
  seen: Set<Link>;
  flaws: ChainFlaw[];
}

/** The next link is to have this hash and a number below. */
interface Step {
  hash: string;
  below: number;
  /** The link that named the hash was as it was written. */
  isSure: boolean;
}

/**
 * Walks a chain from its head back to its start, by the hashes that the links name, and says what does
 * not fit. What nothing leads to was put in.
 * @param links in the order of their numbers
 */
export function findChainFlaws(
  links: readonly Link[],
  ends: { start: ChainPoint; head: ChainPoint },
): ChainFlaw[] {
  const byHash = new Map(links.map((link) => [link.hash, link]));
  const walk: Walk = { links, byHash, seen: new Set(), flaws: [] };
  const { start, head } = ends;
  let step: Step | undefined = { hash: head.hash, below: head.seq + 1, isSure: true };
  while (step !== undefined && step.hash !== start.hash) step = follow(walk, step, start);
  for (const link of links) {
    if (!walk.seen.has(link)) walk.flaws.push({ kind: 'inserted', seq: link.seq });
  }
  return walk.flaws.sort((left, right) => left.seq - right.seq);
}

function follow(walk: Walk, step: Step, start: ChainPoint): Step | undefined {
  const named = walk.byHash.get(step.hash);
  if (named === undefined || walk.seen.has(named)) return stepOver(walk, step, start);
  walk.seen.add(named);
  if (named.isWhole) return { hash: named.prevHash, below: named.seq, isSure: true };
  const place = step.below - 1;
  if (named.hashAt(place) === named.hash) {
    walk.flaws.push({ kind: 'moved', seq: place, now: named.seq });
    return { hash: named.prevHash, below: place, isSure: true };
  }
  walk.flaws.push({ kind: 'changed', seq: named.seq });
  return { hash: named.prevHash, below: named.seq, isSure: false };
}

/** No link has the hash that is looked for: the row before was rewritten, or rows are missing. */
function stepOver(walk: Walk, { below, isSure }: Step, start: ChainPoint): Step | undefined {
  const next = walk.links.findLast((link) => link.seq < below && !walk.seen.has(link));
  const floor = next?.seq ?? start.seq;
  if (floor < below - 1) {
    walk.flaws.push({ kind: 'removed', seq: floor + 1, upTo: below - 1 });
    return next && { hash: next.hash, below: next.seq + 1, isSure: true };
  }
  if (next === undefined) return undefined;
  if (!isSure) return { hash: next.hash, below, isSure: true };
  walk.seen.add(next);
  walk.flaws.push({ kind: 'changed', seq: next.seq });
  return { hash: next.prevHash, below: next.seq, isSure: next.isWhole };
}
