import type { Generated } from 'kysely';

export interface AlertTargetsTable {
  target: string;
  lease_until: Generated<Date>;
  next_at: Generated<Date>;
  failures: Generated<number>;
}
