import type { Generated, GeneratedAlways } from 'kysely';

export interface FormerMappingsTable {
  id: GeneratedAlways<number>;
  strategy_instrument_id: number;
  signal_symbol: string;
  multiplier: number | null;
  created_at: Generated<Date>;
}
