import { type AccountRow, listAccounts } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import {
  type DueSymbol,
  listDueSymbols,
  recordAuction,
  recordSymbolFacts,
} from '@orderlane/db/symbols';
import { takeTurns } from '@orderlane/db/work-leases';
import type { AccountId } from '@orderlane/domain/ids';
import { hasFuture, soundFacts } from '@orderlane/domain/symbol-facts';
import type { AccountInstance } from '@orderlane/openalgo/account-clients';
import type { Enquiries } from '@orderlane/openalgo/enquiries';
import type { FailureCause } from '@orderlane/openalgo/reply';
import type { Tasks } from './tasks.ts';

export interface RefreshSymbolsDeps {
  db: Db;
  clientOf(account: AccountInstance): Pick<Enquiries, 'symbol' | 'search'>;
  tasks: Tasks;
  /** Between two rounds of an account (ms). */
  checkMs: number;
  /** Lot size, freeze quantity and tick are asked for again after this (ms). */
  factsMs: number;
  /** Whether a stock is in the closing auction is asked for again after this (ms). */
  auctionMs: number;
  /** For one call (ms). */
  timeoutMs: number;
}

/** Few at a time: OpenAlgo's other callers share its limit, and nothing here is urgent. */
const perRound = 5;

/**
 * Asks each account's OpenAlgo what it knows of the symbols that its strategies trade or hold, some in
 * each round. Nothing on an order's way waits for that.
 */
export async function refreshSymbols(deps: RefreshSymbolsDeps): Promise<void> {
  const accounts = await listAccounts(deps.db);
  const alive = accounts.filter(({ session_dead_at: deadAt }) => deadAt === null);
  const turns = { work: 'symbols', items: alive.map(({ id }) => id), everyMs: deps.checkMs };
  const taken = await takeTurns(deps.db, turns);
  for (const account of alive) {
    if (taken.has(account.id)) deps.tasks.run(async () => await askSome(deps, account));
  }
}

async function askSome(deps: RefreshSymbolsDeps, account: AccountRow): Promise<void> {
  const { factsMs, auctionMs } = deps;
  const accountId: AccountId = account.id;
  const due = await listDueSymbols(deps.db, { accountId, factsMs, auctionMs, limit: perRound });
  const askFutures = onceAnswered(async () => await findFutures(deps, account, 'NIFTY'));
  for (const symbol of due) {
    if (symbol.areFactsDue && !(await askFacts(deps, account, symbol))) return;
    if (!symbol.isAuctionDue) continue;
    if (!(await askAuction(deps, { account, symbol, askFutures }))) return;
  }
}

/** False: OpenAlgo answers nobody just now, the round is over. */
async function askFacts(
  deps: RefreshSymbolsDeps,
  account: AccountRow,
  { exchange, symbol }: DueSymbol,
): Promise<boolean> {
  const { timeoutMs } = deps;
  const reply = await deps.clientOf(account).symbol({ symbol, exchange }, { timeoutMs });
  if (reply.kind === 'failure' && isForAll(reply.cause)) return false;
  // One that OpenAlgo does not know, or answers oddly about, must not hold up the others.
  const facts = reply.kind === 'success' ? soundFacts(reply.value) : null;
  await recordSymbolFacts(deps.db, { exchange, symbol }, facts);
  return true;
}

/**
 * A stock without a future is in no auction, unless OpenAlgo knows no futures at all: then it has not
 * loaded them, and nothing can be told.
 */
async function askAuction(
  deps: RefreshSymbolsDeps,
  args: {
    account: AccountRow;
    symbol: DueSymbol;
    askFutures(): Promise<boolean | 'silent'>;
  },
): Promise<boolean> {
  const { exchange, symbol } = args.symbol;
  const hasOwn = await findFutures(deps, args.account, symbol);
  if (hasOwn === 'silent') return false;
  const knowsFutures = hasOwn || (await args.askFutures());
  if (knowsFutures === 'silent') return false;
  await recordAuction(deps.db, { exchange, symbol }, knowsFutures ? hasOwn : null);
  return true;
}

/** Whether OpenAlgo finds a future of it on NFO; `silent`: it does not answer. */
async function findFutures(
  deps: RefreshSymbolsDeps,
  account: AccountRow,
  stock: string,
): Promise<boolean | 'silent'> {
  const { timeoutMs } = deps;
  const asked = { query: `${stock} FUT`, exchange: 'NFO' };
  const reply = await deps.clientOf(account).search(asked, { timeoutMs });
  if (reply.kind === 'failure') return isForAll(reply.cause) ? 'silent' : false;
  const found = reply.value.rows.filter(({ exchange }) => exchange === 'NFO');
  return hasFuture(
    found.map(({ symbol }) => symbol),
    stock,
  );
}

/** Failures that are no symbol's own. */
function isForAll(cause: FailureCause): boolean {
  return cause === 'unreachable' || cause === 'session_dead' || cause === 'rate_limited';
}

function onceAnswered<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return async () => {
    answer ??= ask();
    return await answer;
  };
}
