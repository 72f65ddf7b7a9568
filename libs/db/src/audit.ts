import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';

export interface AuditEntry {
  /** A person, and by what they came: `cli:asha`. */
  who: string;
  /** What was done, as in `account.pause`. */
  what: string;
  /** To what, as in `account 3`. */
  subject: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** Writes down what a person changed, in the transaction that changes it. No secrets in it. */
export async function recordAudit(db: Db, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      who: entry.who,
      what: entry.what,
      subject: entry.subject,
      before: entry.before === undefined ? null : jsonParameter(entry.before),
      after: entry.after === undefined ? null : jsonParameter(entry.after),
    })
    .execute();
}

/** The newest entry of that kind about that subject. */
export async function findLastAudit(
  db: Db,
  { what, subject }: Pick<AuditEntry, 'what' | 'subject'>,
): Promise<{ who: string; at: Date } | undefined> {
  return await db
    .selectFrom('audit_log')
    .select(['who', 'at'])
    .where('what', '=', what)
    .where('subject', '=', subject)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
}
