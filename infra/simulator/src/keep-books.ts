import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Account, Mode } from './accounts/account.ts';
import type { KeptBook } from './books/book.ts';
import { overnight } from './books/overnight.ts';
import { indianTime } from './clock.ts';
import type { Funds } from './sandbox/funds.ts';
import type { Simulator } from './simulator.ts';

interface KeptAccount {
  readonly apikey: string;
  readonly mode: Mode;
  readonly semiAuto: boolean;
  readonly live: KeptBook;
  readonly sandbox: KeptBook;
  readonly funds: Funds;
}

/** What a broker knows beyond the life of a process. */
interface Kept {
  /** In India, `YYYY-MM-DD`. */
  readonly date: string;
  readonly lastOrderNumber: number;
  readonly accounts: readonly KeptAccount[];
}

/** Writes down what changed since the last time. */
export type SaveBooks = () => void;

/**
 * Takes over the books of an earlier life from `file`, where there is one, and answers what keeps them
 * there. A new day begins as at a broker: delivered shares are holdings, the order book is empty.
 * @throws Error when the file holds something else
 */
export function keepBooks(simulator: Simulator, file: string): SaveBooks {
  const text = readWhere(file);
  if (text === undefined) beginWithoutBooks(simulator);
  else restore(simulator, parse(file, text));
  let written = text;
  return () => {
    const now = JSON.stringify(keep(simulator));
    if (now === written) return;
    writeFileSync(`${file}.making`, now, { mode: 0o600 });
    renameSync(`${file}.making`, file);
    written = now;
  };
}

function readWhere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(file: string, text: string): Kept {
  try {
    return JSON.parse(text) as Kept;
  } catch (error) {
    throw new Error(`${file} holds no books: delete it to begin with empty ones`, { cause: error });
  }
}

/** Books that were lost, or never kept: what is numbered now was not numbered earlier today. */
function beginWithoutBooks({ clock, orderIds }: Simulator): void {
  const { minuteOfDay } = indianTime(clock.now());
  const hundredths = Math.floor((clock.now() % 60_000) / 10);
  orderIds.goOnBehind(minuteOfDay * 6000 + hundredths);
}

function keep({ accounts, clock, orderIds }: Simulator): Kept {
  return {
    date: indianTime(clock.now()).date,
    lastOrderNumber: orderIds.last,
    accounts: accounts.all().map(({ apikey, mode, semiAuto, live, sandbox }) => ({
      ...{ apikey, mode, semiAuto, live: live.keep() },
      ...{ sandbox: sandbox.book.keep(), funds: sandbox.funds },
    })),
  };
}

function restore({ accounts, clock, orderIds }: Simulator, kept: Kept): void {
  const isSameDay = kept.date === indianTime(clock.now()).date;
  orderIds.goOnBehind(isSameDay ? kept.lastOrderNumber : 0);
  for (const one of kept.accounts) {
    const account = accounts.find(one.apikey);
    if (account === undefined) continue; // its key is not known any more
    restoreAccount(account, one);
    if (isSameDay) continue;
    overnight(account.live);
    overnight(account.sandbox.book);
  }
}

function restoreAccount(account: Account, kept: KeptAccount): void {
  account.mode = kept.mode;
  account.semiAuto = kept.semiAuto;
  account.live.restore(kept.live);
  account.sandbox.book.restore(kept.sandbox);
  Object.assign(account.sandbox.funds, kept.funds);
}
