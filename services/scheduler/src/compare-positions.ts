import { type AccountRow, listAccounts } from '@orderlane/db/accounts';
import { raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import { listOwnedThere, type OwnedThere } from '@orderlane/db/position-ends';
import { takeTurns } from '@orderlane/db/work-leases';
import { instrumentKey } from '@orderlane/domain/instrument';
import { type PositionRow, shownIn, shownWithHoldings } from '@orderlane/domain/shown-position';
import type { AccountInstance } from '@orderlane/openalgo/account-clients';
import type { Books } from '@orderlane/openalgo/books';
import { type BookInMode, readInMode } from './read-in-mode.ts';
import type { Tasks } from './tasks.ts';

export interface ComparePositionsDeps {
  db: Db;
  clientOf(account: AccountInstance): Pick<Books, 'readPositionBook' | 'readHoldings'>;
  tasks: Tasks;
  /** Between two comparisons of an account (ms). */
  everyMs: number;
  /** One read may be wrong: a difference has to stand in two, so far apart (ms). */
  proofGapMs: number;
  timeoutMs: number;
  sleep(ms: number): Promise<void>;
}

/**
 * Compares what strategies own with what the account's books show, and tells of what is missing:
 * somebody else has closed it. Nothing is changed: only a closing, or a person, sets a position.
 */
export async function comparePositions(deps: ComparePositionsDeps): Promise<void> {
  const accounts = (await listAccounts(deps.db)).filter(
    (account) => account.paused_at === null && account.session_dead_at === null,
  );
  const turns = { work: 'compare_positions', everyMs: deps.everyMs };
  const taken = await takeTurns(deps.db, { ...turns, items: accounts.map(({ id }) => id) });
  for (const account of accounts) {
    if (taken.has(account.id)) deps.tasks.run(async () => await compare(deps, account));
  }
}

async function compare(deps: ComparePositionsDeps, account: AccountRow): Promise<void> {
  const first = await findMissing(deps, account);
  if (first.length === 0) return;
  await deps.sleep(deps.proofGapMs);
  const second = await findMissing(deps, account);
  const before = new Map(first.map((missing) => [keyOf(missing), missing.shown]));
  for (const missing of second) {
    if (before.get(keyOf(missing)) === missing.shown) await tell(deps.db, missing);
  }
}

interface Missing extends OwnedThere {
  /** Signed shares of the account. */
  shown: number;
}

const keyOf = (owned: OwnedThere) => `${instrumentKey(owned)} ${owned.own}`;

async function findMissing(deps: ComparePositionsDeps, account: AccountRow): Promise<Missing[]> {
  const owned = await listOwnedThere(deps.db, account.id);
  if (owned.length === 0) return [];
  const client = deps.clientOf(account);
  const options = { timeoutMs: deps.timeoutMs };
  const read = async (book: 'readPositionBook' | 'readHoldings') =>
    rowsOf(await readInMode(deps, account, async () => await client[book](options)));
  const positions = await read('readPositionBook');
  const isCnc = owned.some(({ product }) => product === 'CNC');
  const holdings = isCnc ? await read('readHoldings') : [];
  if (positions === undefined || holdings === undefined) return [];
  return owned.flatMap((each) => {
    const shown =
      each.product === 'CNC'
        ? shownWithHoldings({ positions, holdings }, each)
        : shownIn(positions, each);
    const isThere = shown === null || shown * Math.sign(each.own) >= Math.abs(each.own);
    return isThere ? [] : [{ ...each, shown }];
  });
}

function rowsOf(book: BookInMode<PositionRow>): PositionRow[] | undefined {
  return book.kind === 'read' ? book.rows : undefined;
}

async function tell(db: Db, missing: Missing): Promise<void> {
  const { accountId, strategyId, strategyNames, own, shown } = missing;
  const names = strategyNames.join(', ');
  const what = instrumentKey(missing);
  const text = `${names} own ${own} of ${what}, the account shows ${shown}: somebody else has closed it. Say what is right: orderlane positions set <strategy> ${what} <shares>`;
  await raiseAlert(db, {
    ...{ code: 'position_drift', accountId, strategyId, text, atMost: '1 day' },
    subject: `${names} ${what}`,
  });
}
