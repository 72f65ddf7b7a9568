import { hideSecrets } from './hide-secrets.ts';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';

/** Who acts, for the audit log. */
export interface Actor {
  /** A person, and by what they came: `cli:asha`. */
  who: string;
  /** Where they sit: `terminal on trading-box`, `10.1.2.3`. */
  from: string;
}

export interface AuditEntry extends Actor {
  /** What was done, as in `account.pause`. */
  what: string;
  /** To what, as in `account 3`. */
  subject: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/**
 * Writes down what a person changed, in the transaction that changes it; the last thing in it, since
 * from here to the commit nobody else writes to the log. Values under the names of secrets are hidden.
 */
export async function recordAudit(db: Db, entry: AuditEntry): Promise<void> {
  const { who, from: origin, what, subject, before, after } = entry;
  await db
    .insertInto('audit_log')
    .values({ who, origin, what, subject, before: stateOf(before), after: stateOf(after) })
    .execute();
}

function stateOf(state: Record<string, unknown> | undefined): string | null {
  return state === undefined ? null : jsonParameter(hideSecrets(state));
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
