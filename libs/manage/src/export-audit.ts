import { type AuditFilter, type AuditRow, listAuditRows } from '@orderlane/db/audit-chain';
import type { Db } from '@orderlane/db/open-db';
import { listOrderEvents, type OrderEventRow } from '@orderlane/db/order-event-rows';
import { stringify } from 'csv-stringify/sync';

/** Comma-separated values with titles, or one JSON document a line. */
export const exportFormats = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const pageSize = 5000;

/** The audit log, oldest first, in pieces of text. */
export async function* exportAudit(
  db: Db,
  { filter, format }: { filter: AuditFilter; format: ExportFormat },
): AsyncGenerator<string> {
  let after = Number.MIN_SAFE_INTEGER;
  let page: AuditRow[];
  yield titlesOf(auditTitles, format);
  do {
    page = await listAuditRows(db, { ...filter, after, limit: pageSize });
    yield format === 'csv' ? toCsv(page.map(auditCells)) : page.map(auditLine).join('');
    after = page.at(-1)?.seq ?? after;
  } while (page.length === pageSize);
}

/** The moves of orders, by their numbers, in pieces of text. */
export async function* exportOrderEvents(
  db: Db,
  { filter, format }: { filter: Pick<AuditFilter, 'from' | 'to'>; format: ExportFormat },
): AsyncGenerator<string> {
  const isMeant = betweenTexts(filter);
  let after = Number.MIN_SAFE_INTEGER;
  let page: OrderEventRow[];
  yield titlesOf(eventTitles, format);
  do {
    page = await listOrderEvents(db, { after, limit: pageSize });
    // Numbers are not quite in the order of times: every row is looked at.
    const meant = page.filter(({ at }) => isMeant(at));
    yield format === 'csv' ? toCsv(meant.map(eventCells)) : meant.map(eventLine).join('');
    after = page.at(-1)?.seq ?? after;
  } while (page.length === pageSize);
}

const auditTitles = [
  ...['seq', 'at', 'who', 'origin', 'what', 'subject', 'before', 'after', 'prev_hash', 'hash'],
];
const eventTitles = [
  ...['seq', 'at', 'order_id', 'from_status', 'to_status', 'attempt', 'code', 'reason'],
];

type Cell = string | number | null;

function auditCells(row: AuditRow): Cell[] {
  const { seq, at, who, origin, what, subject, before, after, prevHash, hash } = row;
  return [seq, at, who, origin, what, subject, before, after, prevHash, hash];
}

function eventCells(row: OrderEventRow): Cell[] {
  const { seq, at, orderId, fromStatus, toStatus, attempt, code, reason } = row;
  return [seq, at, orderId, fromStatus, toStatus, attempt, code, reason];
}

/** What was before and after stands as Postgres writes it, so that the hash can be computed again. */
function auditLine(row: AuditRow): string {
  const raw = new Set(['before', 'after']);
  const cells = auditCells(row);
  const fields = auditTitles.map((title, index) => {
    const cell = cells[index] ?? null;
    return `"${title}":${raw.has(title) && cell !== null ? cell : JSON.stringify(cell)}`;
  });
  return `{${fields.join(',')}}\n`;
}

function eventLine(row: OrderEventRow): string {
  const cells = eventCells(row);
  const fields = eventTitles.map((title, index) => [title, cells[index]] as const);
  return `${JSON.stringify(Object.fromEntries(fields))}\n`;
}

function titlesOf(titles: readonly string[], format: ExportFormat): string {
  return format === 'csv' ? toCsv([titles]) : '';
}

/** What strangers sent must not be a formula in the spreadsheet that opens this. */
function toCsv(rows: readonly (readonly Cell[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: true },
  );
}

function betweenTexts({ from, to }: Pick<AuditFilter, 'from' | 'to'>): (at: string) => boolean {
  // Their texts compare as the instants do, microseconds and all.
  const [first, end] = [from, to].map((date) => date?.toISOString().replace('Z', '000Z'));
  return (at) => (first === undefined || at >= first) && (end === undefined || at < end);
}
