import type { Generated, GeneratedAlways, JSONColumnType } from 'kysely';

export interface AuditLogTable {
  seq: GeneratedAlways<number>;
  at: Generated<Date>;
  who: string;
  what: string;
  subject: string;
  before: JSONColumnType<Record<string, unknown>> | null;
  after: JSONColumnType<Record<string, unknown>> | null;
}
