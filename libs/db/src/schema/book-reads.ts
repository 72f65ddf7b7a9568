import type { AccountId } from '@orderlane/domain/ids';
import type { Generated } from 'kysely';

export interface BookReadsTable {
  account_id: AccountId;
  reader: string | null;
  lease_until: Generated<Date>;
  started_at: Date | null;
  read_at: Date | null;
  clean_started_at: Date | null;
  clean_ended_at: Date | null;
  failure: string | null;
}
