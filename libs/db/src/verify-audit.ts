import { type AuditRow, auditHash, listAuditRows } from './audit-chain.ts';
import { type ChainFlaw, type ChainPoint, findChainFlaws } from './chain-flaws.ts';
import { findChainHead } from './chain-heads.ts';
import { type ChainStarts, findChainStarts } from './chain-starts.ts';
import type { Db } from './open-db.ts';

export interface VerifiedAudit {
  rows: number;
  head: ChainPoint;
  /** Who deleted what was past its time, last; null: nothing was ever deleted. */
  pruned: ChainStarts['pruned'];
  flaws: ChainFlaw[];
}

const pageSize = 5000;

/** Reads the whole audit log and looks whether each row is as it was written. One snapshot: call it in a transaction. */
export async function verifyAudit(db: Db): Promise<VerifiedAudit> {
  const head = await findChainHead(db, 'audit_log');
  const { audit: start, pruned } = await findChainStarts(db);
  const links: ReturnType<typeof linkOf>[] = [];
  let page: AuditRow[];
  do {
    page = await listAuditRows(db, {
      after: links.at(-1)?.seq ?? Number.MIN_SAFE_INTEGER,
      limit: pageSize,
    });
    links.push(...page.map(linkOf));
  } while (page.length === pageSize);
  // A deletion that was stopped in the middle may have left some: they are past their time.
  const kept = pruned === null ? links : links.filter(({ seq }) => seq > start.seq);
  return { rows: kept.length, head, pruned, flaws: findChainFlaws(kept, { start, head }) };
}

/** Keeps a row's content only where it does not fit its hash. */
function linkOf(row: AuditRow) {
  const { seq, prevHash, hash } = row;
  if (auditHash(row, seq) === hash) return { seq, prevHash, hash, isWhole: true, hashAt: () => '' };
  return { seq, prevHash, hash, isWhole: false, hashAt: (at: number) => auditHash(row, at) };
}
