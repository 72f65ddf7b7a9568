import { sql } from 'kysely';
import { type ChainFlaw, type ChainPoint, findChainFlaws } from './chain-flaws.ts';
import { findChainHead } from './chain-heads.ts';
import { findChainStarts } from './chain-starts.ts';
import { EventCheck, type EventFlaw } from './event-check.ts';
import type { Db } from './open-db.ts';
import { listOrderEvents } from './order-event-rows.ts';
import { listSeals, type Seal, sealHash } from './order-event-seals.ts';

export interface VerifiedOrderEvents {
  /** Rows that are in a seal as they were sealed. */
  rows: number;
  seals: number;
  head: ChainPoint;
  /** Rows that are newer than the last seal, or came late into its gaps. */
  unsealed: number;
  /** Of the oldest of them; null: there is none. */
  unsealedSince: Date | null;
  flaws: EventFlaw[];
  sealFlaws: ChainFlaw[];
}

const sealsAPage = 20;
const rowsAPage = 10_000;

/**
 * Reads every move of an order and every seal, and looks whether each row is as it was sealed. One
 * snapshot: call it in a transaction.
 */
export async function verifyOrderEvents(db: Db): Promise<VerifiedOrderEvents> {
  const head = await findChainHead(db, 'order_events');
  const { events: start } = await findChainStarts(db);
  const check = new EventCheck(start.upTo);
  const links: ReturnType<typeof linkOf>[] = [];
  let page: Seal[];
  do {
    page = await listSeals(db, {
      after: links.at(-1)?.seq ?? start.seq,
      limit: sealsAPage,
    });
    for (const seal of page) {
      await readUpTo(db, { check, upTo: seal.upTo });
      check.takeSeal(seal);
    }
    links.push(...page.map(linkOf));
  } while (page.length === sealsAPage);
  const flaws = await check.finish(db);
  const sealFlaws = findChainFlaws(links, { start, head });
  const newer = await readUnsealed(db, check);
  return { rows: check.wholeRows, seals: links.length, head, ...newer, flaws, sealFlaws };
}

async function readUpTo(
  db: Db,
  { check, upTo }: { check: EventCheck; upTo: number },
): Promise<void> {
  while (check.readUpTo < upTo) {
    const page = { after: check.readUpTo, upTo, limit: rowsAPage };
    const rows = await listOrderEvents(db, page);
    check.takeRows(rows, rows.length < rowsAPage ? upTo : undefined);
  }
}

async function readUnsealed(
  db: Db,
  check: EventCheck,
): Promise<Pick<VerifiedOrderEvents, 'unsealed' | 'unsealedSince'>> {
  const { rows } = await sql<{ count: number; since: Date | null }>`
    select count(*) as count, min(at) as since from order_events
    where seq > ${check.readUpTo} or seq = any(${check.late}::bigint[])`.execute(db);
  return { unsealed: rows[0]?.count ?? 0, unsealedSince: rows[0]?.since ?? null };
}

function linkOf(seal: Seal) {
  const { id: seq, prevHash, hash } = seal;
  const isWhole = sealHash(seal, seq) === hash;
  return { seq, prevHash, hash, isWhole, hashAt: (id: number) => sealHash(seal, id) };
}
