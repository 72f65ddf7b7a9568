import type { Generated } from 'kysely';

export interface ClosingsTable {
  id: string;
  strategy_instrument_id: number;
  cause: 'signal' | 'square_off' | 'flatten' | 'person';
  priority: number;
  status: Generated<'open' | 'verified' | 'failed'>;
  opened_at: Generated<Date>;
  ended_at: Date | null;
}
