import { type Actor, type AuditEntry, recordAudit } from '@orderlane/db/audit';
import type { Manager } from './manager.ts';

/** Writes down what a manager changed, in its transaction and as the last thing there: see `recordAudit`. */
export async function recordChange(
  { db, who, from }: Manager,
  change: Omit<AuditEntry, keyof Actor>,
): Promise<void> {
  await recordAudit(db, { who, from, ...change });
}
