import type { AccountId } from '@orderlane/domain/ids';
import type { Generated } from 'kysely';

export interface CalendarReadsTable {
  year: number;
  account_id: AccountId;
  read_at: Generated<Date>;
}
