import type { MoveCursor } from '@orderlane/db/order-moves';

/** Numbers that never appear are those of transactions that were rolled back: few, and given up soon. */
const missingAtMost = 100;
const cursorText = /^\d{1,15}(?:\.\d{1,15}){0,100}$/;

/** A cursor as the id of an event: `105`, or `105.103.101` where 101 and 103 were not there yet. */
export function showCursor({ upTo, missing }: MoveCursor): string {
  return [upTo, ...missing.toReversed()].join('.');
}

/** Undefined: none of ours. */
export function readCursor(text: string): MoveCursor | undefined {
  if (!cursorText.test(text)) return undefined;
  const [upTo = 0, ...missing] = text.split('.').map(Number);
  return { upTo, missing: missing.toReversed() };
}

/** The cursor after these moves, of which it has seen none; ascending. */
export function passMoves({ upTo, missing }: MoveCursor, seqs: readonly number[]): MoveCursor {
  const passed = new Set(seqs);
  const highest = Math.max(upTo, ...seqs.slice(-1));
  const from = Math.max(upTo, highest - missingAtMost);
  const between = Array.from({ length: highest - from }, (_, index) => from + 1 + index);
  const left = [...missing, ...between].filter((seq) => !passed.has(seq));
  return { upTo: highest, missing: left.slice(-missingAtMost) };
}

/** On the way from one cursor to a later one, in the order of the numbers: after that of `seq`. */
export function cursorAt(
  seq: number,
  { seen, until }: { seen: MoveCursor; until: MoveCursor },
): MoveCursor {
  if (seq > seen.upTo) return { upTo: seq, missing: until.missing.filter((one) => one < seq) };
  const left = seen.missing.filter((one) => one > seq || until.missing.includes(one));
  return { upTo: seen.upTo, missing: left };
}
