import type { SignalId } from '@orderlane/domain/ids';
import type { Generated } from 'kysely';

export interface SignalKeysTable {
  strategy_instrument_id: number;
  key: string;
  action: string;
  target_position: string;
  signal_id: SignalId;
  accepted_at: Generated<Date>;
}
