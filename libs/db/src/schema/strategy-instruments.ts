import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import type { Exchange, Product } from '@orderlane/domain/instrument';
import type { Generated, GeneratedAlways } from 'kysely';

export interface StrategyInstrumentsTable {
  id: GeneratedAlways<number>;
  strategy_id: StrategyId;
  account_id: AccountId;
  exchange: Exchange;
  symbol: string;
  product: Product;
  next_seq: Generated<number>;
  version: Generated<number>;
}
