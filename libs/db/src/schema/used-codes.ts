import type { Generated } from 'kysely';

export interface UsedCodesTable {
  user_id: string;
  code_hash: string;
  used_at: Generated<Date>;
}
