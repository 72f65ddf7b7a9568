import { type Kysely, sql } from 'kysely';

const statements = [
  // What OpenAlgo says of a symbol; null is not known. What one answer lacks stays as it was.
  sql`
create table symbols (
  exchange text not null,
  symbol text not null,
  lot_size integer check (lot_size > 0),
  freeze_quantity integer check (freeze_quantity > 1),
  -- Whole lots that are not above the freeze quantity: the most that one order may have.
  most_per_order integer generated always as
    (nullif(freeze_quantity / coalesce(lot_size, 1) * coalesce(lot_size, 1), 0)) stored,
  tick_size numeric check (tick_size > 0),
  checked_at timestamptz,
  -- Of a stock: whether it takes part in the closing auction.
  in_auction boolean,
  auction_checked_at timestamptz,
  primary key (exchange, symbol)
)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
