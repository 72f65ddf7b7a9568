import { type AccountRow, findAccount } from '@orderlane/db/accounts';
import { raiseAlert } from '@orderlane/db/alerts';
import { listTradedInstruments } from '@orderlane/db/square-off-exits';
import {
  endSquareOff,
  lockSquareOff,
  type SquareOffToWork,
  takeSquareOffs,
} from '@orderlane/db/square-offs';
import { findStrategy } from '@orderlane/db/strategies';
import type { AccountId } from '@orderlane/domain/ids';
import { type Exchange, instrumentKey } from '@orderlane/domain/instrument';
import { type SquareOffSession, squareOffOn } from '@orderlane/domain/square-off-session';
import type { Strategy } from '@orderlane/domain/strategy';
import type { ReadPositions } from './read-positions.ts';
import { agoMs, dateSpan } from './session-dates.ts';
import {
  type StoredSquareOff,
  type StoreSquareOffDeps,
  storeSquareOff,
} from './store-square-off.ts';

export interface WorkSquareOffsDeps extends StoreSquareOffDeps {
  /** Names this process where it holds a lease. */
  worker: string;
  leaseMs: number;
  now(): Temporal.ZonedDateTime;
  readPositions(account: AccountRow): Promise<ReadPositions>;
  /** After the commit; what fails here is left to the sweep. */
  enqueue(stored: StoredSquareOff): Promise<void>;
  onStored(squareOff: { strategy: string; sessionDate: string } & StoredSquareOff): void;
  onMissed(squareOff: { strategy: string; sessionDate: string }): void;
  onFault(error: unknown): void;
}

interface Work {
  squareOff: SquareOffToWork;
  strategy: Strategy;
}

const noPositions: ReadPositions = { kind: 'clean', positions: [] };

const perRound = 100;
const maxRounds = 20;

/**
 * Does the square-offs that are open and nobody's. An account's position book is read once for all of
 * its strategies, and an OpenAlgo that hangs holds up no other account's.
 */
export async function workSquareOffs(deps: WorkSquareOffsDeps): Promise<void> {
  const { db, worker, leaseMs } = deps;
  // Each once: one that is to be tried again soon must not hold up the next tick.
  let after = 0;
  for (let round = 0; round < maxRounds; round++) {
    const taken = await takeSquareOffs(db, { worker, leaseMs, limit: perRound, after });
    if (taken.length === 0) return;
    after = Math.max(...taken.map(({ id }) => id));
    const works = await Promise.all(
      taken.map(async (squareOff) => await openWork(deps, squareOff)),
    );
    const inSession = works.filter((work) => work !== undefined);
    const byAccount = Map.groupBy(inSession, ({ strategy }) => strategy.accountId);
    const done = [...byAccount].map(
      async ([accountId, group]) => await workOnAccount(deps, { accountId, group }),
    );
    await Promise.all(done);
  }
}

/** Undefined when it is too late for it, or its strategy is gone. */
async function openWork(
  deps: WorkSquareOffsDeps,
  squareOff: SquareOffToWork,
): Promise<Work | undefined> {
  const strategy = await findStrategy(deps.db, squareOff.strategyId);
  if (strategy === undefined) {
    const detail = 'the strategy was deleted';
    await endSquareOff(deps.db, { id: squareOff.id, detail, isMissed: false });
    return undefined;
  }
  if (!(await isOver(deps, { squareOff, strategy }))) return { squareOff, strategy };
  await giveUp(deps, { squareOff, strategy });
  return undefined;
}

async function workOnAccount(
  deps: WorkSquareOffsDeps,
  { accountId, group }: { accountId: AccountId | null; group: readonly Work[] },
): Promise<void> {
  // A strategy's own position is known without the account's book.
  const isBookWanted = group.some(({ strategy }) => strategy.positionScope === 'account');
  const read = isBookWanted ? await readOnce(deps, accountId) : noPositions;
  for (const work of group) {
    // One strategy's fault must not keep another's positions open; its lease ends, and it is tried again.
    await storeRead(deps, work, read).catch(deps.onFault);
  }
}

async function storeRead(
  deps: WorkSquareOffsDeps,
  { squareOff, strategy }: Work,
  read: ReadPositions,
): Promise<void> {
  // Empty twice in a row is what an account without positions shows.
  const isEmptyAgain = read.kind === 'empty' && squareOff.foundEmpty;
  const positions: ReadPositions = isEmptyAgain ? { kind: 'clean', positions: [] } : read;
  const stored = await storeSquareOff(deps, { squareOff, strategy, positions, now: deps.now() });
  if (stored === undefined) return;
  await deps.enqueue(stored);
  deps.onStored({ strategy: strategy.name, sessionDate: squareOff.sessionDate, ...stored });
}

async function readOnce(
  deps: WorkSquareOffsDeps,
  accountId: AccountId | null,
): Promise<ReadPositions> {
  const account = accountId === null ? undefined : await findAccount(deps.db, accountId);
  // Without an account no mapping leads anywhere.
  if (account === undefined) return noPositions;
  return await deps.readPositions(account);
}

async function isOver(deps: WorkSquareOffsDeps, { squareOff, strategy }: Work): Promise<boolean> {
  const date = Temporal.PlainDate.from(squareOff.sessionDate);
  const span = dateSpan(date, deps.now());
  const sessionOf = (instruments: readonly { exchange: Exchange }[]) => {
    const exchanges = [...new Set(instruments.map(({ exchange }) => exchange))];
    return squareOffOn({ squareoffTime: squareOff.dueTime, exchanges }, date, deps.calendar);
  };
  const isStillOpen = ({ closesAt }: SquareOffSession) => agoMs(closesAt, deps.now()) < 0;
  const mapped = sessionOf(strategy.mappings);
  // More exchanges can only make it longer.
  if (mapped !== undefined && isStillOpen(mapped)) return false;
  const traded = await listTradedInstruments(deps.db, { strategyId: strategy.id, ...span });
  // What it traded may be mapped no longer, and be open all the same.
  const session = sessionOf([...strategy.mappings, ...traded.map(({ instrument }) => instrument)]);
  // Its mappings may be gone since it was opened: the day's end ends it then.
  return session === undefined ? span.untilMs > 0 : !isStillOpen(session);
}

/** The session closed before the position book could be read. */
async function giveUp(deps: WorkSquareOffsDeps, { squareOff, strategy }: Work): Promise<void> {
  const { sessionDate } = squareOff;
  const span = dateSpan(Temporal.PlainDate.from(sessionDate), deps.now());
  const text = await deps.db.transaction().execute(async (db) => {
    if (!(await lockSquareOff(db, squareOff))) return undefined;
    const traded = await listTradedInstruments(db, { strategyId: strategy.id, ...span });
    const names = traded.map(({ instrument }) => instrumentKey(instrument)).join(', ') || 'nothing';
    const detail = 'the session closed before the position book could be read';
    await endSquareOff(db, { id: squareOff.id, detail, isMissed: true });
    const message = `Square-off of ${strategy.name} on ${sessionDate}: ${detail}; it traded ${names}, look at its mapped symbols`;
    const about = { subject: `${strategy.name} ${sessionDate}`, strategyId: strategy.id };
    await raiseAlert(db, { ...about, code: 'square_off_missed', text: message });
    return message;
  });
  if (text !== undefined) deps.onMissed({ strategy: strategy.name, sessionDate });
}
