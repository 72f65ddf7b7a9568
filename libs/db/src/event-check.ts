import type { Db } from './open-db.ts';
import { eventDigest, listOrderEventsIn, type OrderEventRow } from './order-event-rows.ts';
import type { Seal } from './order-event-seals.ts';
import { readGaps } from './seal-gaps.ts';
import { type ListedRow, readListing } from './seal-listing.ts';

/** What is wrong with a sealed row. `moved`: the row that belongs at `seq` stands at `now`. */
export type EventFlaw =
  | { kind: 'changed' | 'removed'; seq: number; seal: number }
  | { kind: 'inserted'; seq: number }
  | { kind: 'moved'; seq: number; now: number; seal: number };

interface SealedRow extends ListedRow {
  seal: number;
}

/** More rows than this are not compared with each other: finding where each went would take long. */
const comparedAtMost = 500;

/**
 * Compares rows with seals, both in their order, keeping only what no seal has named yet. Rows first:
 * all up to a seal's highest number before the seal.
 */
export class EventCheck {
  /** Every row up to this number was taken. */
  readUpTo = Number.MIN_SAFE_INTEGER;
  wholeRows = 0;
  /** Numbers of rows that came into gaps of the newest seal: not sealed yet. */
  late: number[] = [];
  /** Rows up to here may be what a deletion left: those that no seal names are not looked at. */
  readonly #prunedUpTo: number;
  /** Rows that no seal has named yet. */
  readonly #open = new Map<number, Buffer>();
  readonly #changed: SealedRow[] = [];
  readonly #removed: SealedRow[] = [];
  readonly #inserted: number[] = [];

  constructor(prunedUpTo: number) {
    this.#prunedUpTo = prunedUpTo;
  }

  /** @param upTo when these are the last ones up to there */
  takeRows(rows: readonly OrderEventRow[], upTo: number | undefined): void {
    for (const row of rows) this.#open.set(row.seq, eventDigest(row, row.seq));
    this.readUpTo = upTo ?? rows.at(-1)?.seq ?? this.readUpTo;
  }

  takeSeal(seal: Seal): void {
    for (const listed of readListing(seal.listing)) {
      const digest = this.#open.get(listed.seq);
      this.#open.delete(listed.seq);
      if (digest === undefined) this.#removed.push({ ...listed, seal: seal.id });
      else if (digest.equals(listed.digest)) this.wholeRows += 1;
      else this.#changed.push({ ...listed, seal: seal.id });
    }
    this.#sortOut(seal);
  }

  /** What is left may still be named by a later seal only if it is in a gap. */
  #sortOut(seal: Seal): void {
    const gaps = readGaps(seal.gaps);
    const isInGap = (seq: number) => gaps.some(({ from, to }) => seq >= from && seq <= to);
    for (const seq of this.#open.keys()) {
      if (isInGap(seq)) continue;
      this.#open.delete(seq);
      if (seq > this.#prunedUpTo) this.#inserted.push(seq);
    }
    this.late = [...this.#open.keys()];
  }

  /** Every flaw by number, after the last seal. */
  async finish(db: Db): Promise<EventFlaw[]> {
    const moved = await this.#findMoved(db);
    const movedFrom = new Set(moved.map(({ seq }) => seq));
    const movedTo = new Set(moved.map(({ now }) => now));
    const changed = this.#changed.filter(({ seq }) => !movedFrom.has(seq) && !movedTo.has(seq));
    const removed = this.#removed.filter(({ seq }) => !movedFrom.has(seq));
    const inserted = this.#inserted.filter((seq) => !movedTo.has(seq));
    const flaws: EventFlaw[] = [
      ...moved,
      ...changed.map(({ seq, seal }) => ({ kind: 'changed' as const, seq, seal })),
      ...removed.map(({ seq, seal }) => ({ kind: 'removed' as const, seq, seal })),
      ...inserted.map((seq) => ({ kind: 'inserted' as const, seq })),
    ];
    return flaws.sort((left, right) => left.seq - right.seq);
  }

  /** Rows that are missing at their number and stand at another one. */
  async #findMoved(db: Db): Promise<Extract<EventFlaw, { kind: 'moved' }>[]> {
    const homeless = [...this.#changed, ...this.#removed].slice(0, comparedAtMost);
    const strangers = [...this.#changed.map(({ seq }) => seq), ...this.#inserted];
    const found = strangers.slice(0, comparedAtMost).map((seq) => ({ from: seq, to: seq }));
    const rows = await listOrderEventsIn(db, found);
    return homeless.flatMap(({ seq, digest, seal }) => {
      const row = rows.find((each) => eventDigest(each, seq).equals(digest));
      return row === undefined ? [] : [{ kind: 'moved' as const, seq, now: row.seq, seal }];
    });
  }
}
