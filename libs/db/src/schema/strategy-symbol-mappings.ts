import type { StrategyId } from '@orderlane/domain/ids';
import type { Exchange, Product } from '@orderlane/domain/instrument';
import type { Generated, GeneratedAlways } from 'kysely';

export interface StrategySymbolMappingsTable {
  id: GeneratedAlways<number>;
  strategy_id: StrategyId;
  signal_symbol: string;
  symbol: string;
  exchange: Exchange;
  product: Product;
  quantity: number | null;
  multiplier: number | null;
  created_at: Generated<Date>;
}
