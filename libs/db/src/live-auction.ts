import type { Instrument } from '@orderlane/domain/instrument';
import { createLiveRead } from './live-read.ts';
import type { Db } from './open-db.ts';
import { listOutsideAuction } from './symbols.ts';

type Stock = Pick<Instrument, 'exchange' | 'symbol'>;

/** Which stocks take part in the closing auction, as it was read last. */
export interface LiveAuction {
  /** Read anew when it is older than `maxAgeMs`. @throws when Postgres is away */
  read(): Promise<unknown>;
  /** True for every stock of which nobody knows that it does not. */
  isAuctionStock(stock: Stock): boolean;
}

export function createLiveAuction(deps: {
  db: Db;
  monotonicNow(): number;
  maxAgeMs: number;
}): LiveAuction {
  const live = createLiveRead({ ...deps, load: async () => await readAuction(deps.db) });
  return {
    read: live.read,
    isAuctionStock: (stock) => live.last()?.(stock) ?? true,
  };
}

/** Whether a stock takes part in the closing auction, as far as anybody knows now. */
export async function readAuction(db: Db): Promise<(stock: Stock) => boolean> {
  const outside = new Set((await listOutsideAuction(db)).map(keyOf));
  return (stock) => !outside.has(keyOf(stock));
}

function keyOf({ exchange, symbol }: Stock): string {
  return `${exchange}:${symbol}`;
}
