import { toCheckpoint } from '@orderlane/db/chain-starts';
import { deletePruned } from '@orderlane/db/prune-audit';
import { count } from '@orderlane/manage/brake-words';
import { setAuditCheckpoint } from '@orderlane/manage/prune-audit';
import type { Answer, Cli } from '../cli.ts';
import { confirm } from '../confirm.ts';
import { readToday } from '../today.ts';
import { inTransaction, withDb } from '../with-db.ts';

/** Brokers keep their audit logs as long. */
const yearsToKeep = 5;

/**
 * Deletes what people changed, and the moves of orders, before a day.
 * @throws CliError confirmation_missing, confirmation_differs
 */
export async function pruneAudit(
  cli: Cli,
  { before, isConfirmed }: { before: Date; isConfirmed: boolean },
): Promise<Answer> {
  if (!isConfirmed) await confirm(cli, 'prune the audit log', warnOf(cli, before));
  const starts = await inTransaction(
    cli,
    async (manager) => await setAuditCheckpoint(manager, { before }),
  );
  const { auditRows, events } = await withDb(cli, deletePruned);
  const { audit, events: seals } = starts;
  const rows = count(auditRows, 'row');
  const text = [
    `Deleted ${rows} of the audit log and ${count(events, 'move')} of orders`,
    `The logs begin after row ${audit.seq} and seal ${seals.seq}: the checkpoint is in the audit log`,
  ];
  const data = { audit_rows: auditRows, order_events: events, starts_after: toCheckpoint(starts) };
  return { data, text: text.join('\n') };
}

function warnOf(cli: Cli, before: Date): string {
  const keep = readToday(cli.environment).subtract({ years: yearsToKeep });
  const isYoung = before.getTime() > keep.toZonedDateTime('Asia/Kolkata').epochMilliseconds;
  const young = `Some of it is not ${yearsToKeep} years old yet. `;
  return `${isYoung ? young : ''}What is deleted is gone: write it out with "audit export" before.`;
}
