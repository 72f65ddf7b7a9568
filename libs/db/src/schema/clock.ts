import type { Generated } from 'kysely';

export interface ClockTable {
  is_only: Generated<boolean>;
  last_tick_at: Generated<Date>;
  last_tick_minute: Date | null;
}
