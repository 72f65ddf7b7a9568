import type { SeqRange } from './order-event-rows.ts';

/**
 * Numbers below the newest sealed one that no visible row had: their transaction had not committed, or
 * was rolled back.
 */
export interface SealGap extends SeqRange {
  /** Every transaction that may hold one of these numbers has a lower number than this. */
  xmax: string;
  /** When the gap was first seen (ms of the epoch, the database's clock). */
  seenAtMs: number;
}

/** What Postgres says of its transactions at one instant. */
export interface TransactionHorizon {
  /** Every lower transaction has ended. */
  xmin: string;
  /** No transaction has this number yet, or a higher one. */
  xmax: string;
  nowMs: number;
}

/** Gaps as a seal keeps them; what was tampered with is no gap. */
export function readGaps(text: string): SealGap[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter(isGap) : [];
  } catch {
    return [];
  }
}

function isGap(value: unknown): value is SealGap {
  if (typeof value !== 'object' || value === null) return false;
  const { from, to, xmax, seenAtMs } = value as Partial<Record<keyof SealGap, unknown>>;
  const areNumbers = [from, to, seenAtMs].every((one) => typeof one === 'number');
  return areNumbers && typeof xmax === 'string' && /^\d+$/.test(xmax);
}

/** The numbers of a range that are not among these, as gaps. @param seqs ascending */
export function findGaps(range: SeqRange, seqs: readonly number[]): SeqRange[] {
  const gaps: SeqRange[] = [];
  let next = range.from;
  for (const seq of seqs) {
    if (seq < range.from || seq > range.to) continue;
    if (seq > next) gaps.push({ from: next, to: seq - 1 });
    next = seq + 1;
  }
  if (next <= range.to) gaps.push({ from: next, to: range.to });
  return gaps;
}

/**
 * A number is given a moment before its transaction may get its own, so that a gap is kept for so long
 * in any case; no statement of ours takes a minute.
 */
const keptAtLeastMs = 600_000;

/**
 * Whether nothing can come into a gap any more. A count of transactions that went back is another
 * server's, onto which the data were restored: what was under way on the old one is over.
 * @param before read before the gap was looked into, so that what had ended by then was seen
 */
export function isGapDead(gap: SealGap, before: TransactionHorizon): boolean {
  const isOver = BigInt(before.xmin) > BigInt(gap.xmax);
  const isElsewhere = BigInt(before.xmax) < BigInt(gap.xmax);
  return (isOver || isElsewhere) && before.nowMs - gap.seenAtMs >= keptAtLeastMs;
}
