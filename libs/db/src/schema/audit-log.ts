import type { GeneratedAlways, JSONColumnType } from 'kysely';

/** `seq`, `at` and the links are the trigger's, whatever an insert says. */
export interface AuditLogTable {
  seq: GeneratedAlways<number>;
  at: GeneratedAlways<Date>;
  who: string;
  origin: string | null;
  what: string;
  subject: string;
  before: JSONColumnType<Record<string, unknown>> | null;
  after: JSONColumnType<Record<string, unknown>> | null;
  prev_hash: GeneratedAlways<string>;
  hash: GeneratedAlways<string>;
}
