import { sql } from 'kysely';
import { instantText } from './audit-chain.ts';
import type { Db } from './open-db.ts';
import {
  eventDigest,
  listOrderEvents,
  listOrderEventsIn,
  type OrderEventRow,
} from './order-event-rows.ts';
import { findLastSeal, insertSeal, type Seal, sealHash } from './order-event-seals.ts';
import {
  findGaps,
  isGapDead,
  readGaps,
  type SealGap,
  type TransactionHorizon,
} from './seal-gaps.ts';
import { writeListing } from './seal-listing.ts';

export interface Sealed {
  id: number;
  rows: number;
  hash: string;
  /** There are more: seal again at once. */
  isFull: boolean;
}

interface Horizon extends TransactionHorizon {
  at: string;
}

/**
 * Seals the moves of orders that became visible since the last seal: the rows with a higher number than
 * any sealed one, and those that have since appeared in the gaps below it. A row is in one seal exactly,
 * however late its transaction commits. Nothing is locked, and nobody who writes a move waits.
 * @returns undefined when there is nothing to seal, or another process has just done it
 */
export async function sealOrderEvents(
  db: Db,
  { limit }: { limit: number },
): Promise<Sealed | undefined> {
  const last = await findLastSeal(db);
  const upTo = last?.upTo ?? 0;
  const oldGaps = readGaps(last?.gaps ?? '[]');
  // Before the rows are read: what had ended by now is seen by what follows.
  const before = await readHorizon(db);
  const late = await listOrderEventsIn(db, oldGaps);
  const fresh = await listOrderEvents(db, { after: upTo, limit });
  if (late.length + fresh.length === 0) return undefined;
  // After them: whoever holds a number that was not seen had begun by now.
  const after = await readHorizon(db);
  const gaps = nextGaps({ oldGaps, late, fresh, upTo, before, after });
  const seal = makeSeal(last, { rows: [...late, ...fresh], gaps, sealedAt: after.at });
  if (!(await insertSeal(db, seal))) return undefined;
  const { id, rowCount, hash } = seal;
  return { id, rows: rowCount, hash, isFull: fresh.length === limit };
}

async function readHorizon(db: Db): Promise<Horizon> {
  const { rows } = await sql<Horizon>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
      pg_snapshot_xmax(pg_current_snapshot())::text as xmax,
      (extract(epoch from now()) * 1000)::float8 as "nowMs", ${instantText('now()')} as at`.execute(
    db,
  );
  const [horizon] = rows;
  if (horizon === undefined) throw new Error('Postgres does not tell its transactions');
  return horizon;
}

interface Read {
  oldGaps: SealGap[];
  late: OrderEventRow[];
  fresh: OrderEventRow[];
  upTo: number;
  before: Horizon;
  after: Horizon;
}

function nextGaps({ oldGaps, late, fresh, upTo, before, after }: Read): SealGap[] {
  const lateSeqs = late.map(({ seq }) => seq);
  const kept = oldGaps
    .filter((gap) => !isGapDead(gap, before))
    .flatMap((gap) => findGaps(gap, lateSeqs).map((range) => ({ ...gap, ...range })));
  const freshSeqs = fresh.map(({ seq }) => seq);
  const found = findGaps({ from: upTo + 1, to: freshSeqs.at(-1) ?? upTo }, freshSeqs);
  const { xmax, nowMs } = after;
  return [...kept, ...found.map((range) => ({ ...range, xmax, seenAtMs: Math.floor(nowMs) }))];
}

function makeSeal(
  last: Seal | undefined,
  { rows, gaps, sealedAt }: { rows: OrderEventRow[]; gaps: SealGap[]; sealedAt: string },
): Seal {
  const upTo = Math.max(last?.upTo ?? 0, ...rows.slice(-1).map(({ seq }) => seq));
  const listed = rows.map((row) => ({ seq: row.seq, digest: eventDigest(row, row.seq) }));
  const covered = { upTo, rowCount: rows.length, listing: writeListing(listed) };
  const linked = {
    ...covered,
    sealedAt,
    gaps: JSON.stringify(gaps),
    prevHash: last?.hash ?? '',
  };
  const id = (last?.id ?? 0) + 1;
  return { id, ...linked, hash: sealHash(linked, id) };
}
