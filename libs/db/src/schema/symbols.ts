import type { Exchange } from '@orderlane/domain/instrument';
import type { GeneratedAlways } from 'kysely';

export interface SymbolsTable {
  exchange: Exchange;
  symbol: string;
  lot_size: number | null;
  freeze_quantity: number | null;
  most_per_order: GeneratedAlways<number | null>;
  /** Rupees, as a decimal text. */
  tick_size: string | null;
  checked_at: Date | null;
  in_auction: boolean | null;
  auction_checked_at: Date | null;
}
