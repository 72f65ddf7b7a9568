import type { SignalId } from '@orderlane/domain/ids';
import type { Generated } from 'kysely';

export interface LastSignalsTable {
  strategy_instrument_id: number;
  content_hash: Buffer;
  signal_id: SignalId;
  accepted_at: Generated<Date>;
}
