import type { AccountRow } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import type { Instrument } from '@orderlane/domain/instrument';
import { shownIn } from '@orderlane/domain/shown-position';
import type { AccountInstance } from '@orderlane/openalgo/account-clients';
import type { Books } from '@orderlane/openalgo/books';
import type { TradeRow } from '@orderlane/openalgo/wire/trade-row';
import { readInMode } from './read-in-mode.ts';
import type { ReadPositions } from './read-positions.ts';

/** What one look at an account's books showed, for any instrument. */
export interface AccountLook {
  /** See `Look` of the domain. */
  shown(instrument: Instrument): number | null;
  traded(instrument: Instrument): number | null;
  isQuietlyEmpty: boolean;
}

export interface LookAtAccountDeps {
  db: Db;
  clientOf(account: AccountInstance): Pick<Books, 'readTradeBook'>;
  readPositions(account: AccountRow): Promise<ReadPositions>;
  timeoutMs: number;
}

/** Reads the position book, and the trade book where the first leaves a question open. */
export async function lookAtAccount(
  deps: LookAtAccountDeps,
  args: { account: AccountRow; instruments: readonly Instrument[] },
): Promise<AccountLook> {
  const { account, instruments } = args;
  const read = await deps.readPositions(account);
  const shown = (instrument: Instrument) =>
    read.kind === 'clean' ? shownIn(read.positions, instrument) : null;
  const isOpenQuestion = instruments.some((instrument) => shown(instrument) === null);
  const trades = isOpenQuestion ? await readTrades(deps, account) : [];
  return {
    shown,
    traded: (instrument) => netOf(trades, instrument),
    isQuietlyEmpty: read.kind === 'empty',
  };
}

async function readTrades(deps: LookAtAccountDeps, account: AccountRow): Promise<TradeRow[]> {
  const { timeoutMs } = deps;
  const client = deps.clientOf(account);
  const book = await readInMode(
    deps,
    account,
    async () => await client.readTradeBook({ timeoutMs }),
  );
  return book.kind === 'read' ? book.rows : [];
}

/** Some trade books name no product: then rows of the symbol may be another product's. */
function netOf(trades: readonly TradeRow[], instrument: Instrument): number | null {
  const { exchange, symbol } = instrument;
  const ofSymbol = trades.filter((row) => row.exchange === exchange && row.symbol === symbol);
  if (ofSymbol.some(({ product }) => product === null)) return null;
  const rows = ofSymbol.filter(({ product }) => product === instrument.product);
  if (rows.length === 0) return null;
  const signed = rows.map(({ action, quantity }) => (action === 'BUY' ? quantity : -quantity));
  return signed.reduce((net, each) => net + each, 0);
}
