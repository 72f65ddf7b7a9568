import { createLiveAuction, type LiveAuction } from '@orderlane/db/live-auction';
import type { AccountClients } from '@orderlane/openalgo/account-clients';
import { repeat } from '@orderlane/runtime/repeat';
import { refreshSymbols } from './refresh-symbols.ts';
import type { Parts, Stores } from './stores.ts';
import { createTasks } from './tasks.ts';

/** It changes once a week at the most. */
const auctionMaxAgeMs = 60_000;

/** Which stocks are in the closing auction, for all work here. */
export function openAuction({ db }: Stores): LiveAuction {
  const monotonicNow = () => performance.now();
  return createLiveAuction({ db, monotonicNow, maxAgeMs: auctionMaxAgeMs });
}

/** Keeps what OpenAlgo knows of the symbols that are traded. */
export function startSymbols(
  { config, started }: Parts,
  { stores, clients }: { stores: Stores; clients: AccountClients },
): void {
  const onError = stores.outages.postgres.failed;
  const deps = {
    db: stores.db,
    clientOf: clients.of,
    tasks: started.use(createTasks(onError)),
    checkMs: config.SYMBOLS_CHECK_MS,
    factsMs: config.SYMBOLS_MS,
    auctionMs: config.AUCTION_STOCKS_MS,
    timeoutMs: config.BOOKS_TIMEOUT_MS,
  };
  const run = async () => await refreshSymbols(deps);
  started.use(repeat({ everyMs: config.SYMBOLS_CHECK_MS, run, onError }));
}
