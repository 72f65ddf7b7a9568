import type { KillSwitch } from '@orderlane/domain/brakes';
import type { Generated, GeneratedAlways } from 'kysely';

export interface BrakesTable {
  id: GeneratedAlways<number>;
  scope: 'everything' | 'account' | 'strategy';
  scope_id: Generated<number>;
  strength: KillSwitch;
  reason: string | null;
  set_by: string;
  set_at: Generated<Date>;
}
