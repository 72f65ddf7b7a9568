import { type Brake, brakes } from './brakes.ts';
import type { AccountId } from './ids.ts';
import { type Instrument, instrumentKey } from './instrument.ts';
import type { Lane } from './lane.ts';
import type { OrderStatus } from './order.ts';
import type { TradingModeSeen } from './outcome.ts';
import type { RefusalCode } from './refusal.ts';
import { type CallPace, timeToSendMs } from './time-to-send.ts';

/** The state of an account that a square-off needs, as far as it is known. */
export interface AccountOutlook {
  id: AccountId;
  name: string;
  mode: TradingModeSeen;
  /** All that cover the strategy's orders there. */
  brakes: readonly Brake[];
  /** OpenAlgo kept the last order that it was given for a person's approval. */
  isSemiAuto: boolean;
  /** Why order and trade book were not read for some time; null: they were, or need not be. */
  booksFailure: string | null;
  /** Why the position book could not be read just now; null: it could, or nobody looked. */
  positionsFailure: string | null;
  /** Lanes that exits go by and that no executor serves; none where nobody knows. */
  unservedLanes: readonly Lane[];
  pace: CallPace;
}

interface AtAccount {
  accountId: AccountId;
  instrument: Instrument;
}

/** All that may stand in the way of one square-off. */
export interface SquareOffOutlook {
  /** From when it is due until its session closes (ms). */
  timeMs: number;
  accounts: readonly AccountOutlook[];
  exits: readonly (AtAccount & { lane: Lane; notBeforeMs: number | null })[];
  /** What may be open, and has no session any more when it is due. */
  tooLate: readonly Instrument[];
  /** What the strategy owns in the mode in which OpenAlgo is not. */
  otherMode: readonly (AtAccount & { own: number; mode: TradingModeSeen })[];
  /** Orders of the strategy of which nobody knows, or OpenAlgo does not say, what becomes of them. */
  unsettled: readonly (AtAccount & {
    status: Extract<OrderStatus, 'indeterminate' | 'awaiting_approval'>;
    orders: number;
  })[];
}

export interface Obstacle {
  code: RefusalCode;
  /** Null: it is about no account of its own. */
  accountId: AccountId | null;
  text: string;
}

/** They may be over by themselves in a moment: a failed read, an executor that is being restarted. */
const passing: readonly RefusalCode[] = ['positions_unread', 'books_unread', 'lane_unserved'];

export function isPassing({ code }: Obstacle): boolean {
  return passing.includes(code);
}

/** Whether the square-off has, or may have, something to close. */
export function isAtStake(outlook: SquareOffOutlook): boolean {
  const { exits, tooLate, otherMode, unsettled, accounts } = outlook;
  return (
    exits.length + tooLate.length + otherMode.length + unsettled.length > 0 ||
    accounts.some(({ positionsFailure }) => positionsFailure !== null)
  );
}

/** What stands in the way of a square-off, as it is now: what a person can mend first. */
export function obstaclesTo(outlook: SquareOffOutlook): Obstacle[] {
  return [
    ...outlook.accounts.flatMap(obstaclesOf),
    ...outlook.otherMode.map((place) => ofOtherMode(outlook, place)),
    ...outlook.unsettled.map(ofUnsettled),
    ...ofTime(outlook),
    ...ofTooLate(outlook),
    ...ofAuction(outlook),
  ];
}

const brakeTexts: Partial<Record<Brake, (account: string) => string>> = {
  halt: (account) => `A halt is set over ${account}: exits wait until it is released`,
  account_paused: (account) => `${account} is paused: exits wait until it is resumed`,
  trading_off: (account) => `Trading on ${account} is off: exits wait until its owner turns it on`,
  restored: () => 'The database was restored: exits wait until `orderlane restore release`',
  session_dead: (account) => `OpenAlgo refuses the key of ${account}: its broker login is missing`,
};

function obstaclesOf(account: AccountOutlook): Obstacle[] {
  const { id: accountId, isSemiAuto, unservedLanes } = account;
  const name = `account "${account.name}"`;
  const waits = account.brakes.filter((brake) => brakes[brake].squareOff === 'wait');
  const found: [RefusalCode, string][] = waits.map((brake) => [
    brakes[brake].code,
    brakeTexts[brake]?.(name) ?? `Exits of ${name} wait`,
  ]);
  // A dead session is why no book can be read.
  if (!waits.includes('session_dead')) found.push(...ofBooks(account, name));
  if (isSemiAuto) {
    const text = `OpenAlgo keeps the orders of ${name} for approval (semi-auto): each exit waits for a person there`;
    found.push(['awaiting_approval', text]);
  }
  for (const lane of unservedLanes) {
    found.push(['lane_unserved', `No executor serves the ${lane} lane of ${name}`]);
  }
  return found.map(([code, text]) => ({ code, accountId, text: capitalized(text) }));
}

function ofBooks(
  { positionsFailure, booksFailure }: AccountOutlook,
  name: string,
): [RefusalCode, string][] {
  const positions = `The position book of ${name} cannot be read (${positionsFailure})`;
  const books = `Order and trade book of ${name} cannot be read (${booksFailure}): fills are not seen`;
  return [
    ...(positionsFailure === null
      ? []
      : [['positions_unread', positions] as [RefusalCode, string]]),
    ...(booksFailure === null ? [] : [['books_unread', books] as [RefusalCode, string]]),
  ];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function ofOtherMode(
  { accounts }: SquareOffOutlook,
  { accountId, instrument, own, mode }: SquareOffOutlook['otherMode'][number],
): Obstacle {
  const now = accounts.find(({ id }) => id === accountId)?.mode ?? 'live';
  const text = `${own} ${instrumentKey(instrument)} were built in mode ${mode}, and OpenAlgo is in mode ${now}: they are not closed before it is back`;
  return { code: 'mode_changed', accountId, text };
}

function ofUnsettled(place: SquareOffOutlook['unsettled'][number]): Obstacle {
  const { accountId, instrument, status, orders } = place;
  const what = `${orders} ${orders === 1 ? 'order' : 'orders'} in ${instrumentKey(instrument)}`;
  const text =
    status === 'indeterminate'
      ? `It is not known whether ${what} reached the broker`
      : `For approval in OpenAlgo's Action Center: ${what}`;
  return { code: status, accountId, text };
}

function ofTime({ accounts, exits, timeMs }: SquareOffOutlook): Obstacle[] {
  return accounts.flatMap(({ id: accountId, name, pace }) => {
    const there = exits.filter((exit) => exit.accountId === accountId);
    const neededMs = timeToSendMs(
      there.map(({ lane }) => lane),
      pace,
    );
    if (neededMs < timeMs) return [];
    const [needed, left] = [neededMs, timeMs].map((ms) => Math.ceil(ms / 1000));
    const text = `${there.length} exits of account "${name}" need ${needed} s by its rate, and its market closes ${left} s after they are due`;
    return [{ code: 'square_off_short' as const, accountId, text }];
  });
}

function ofTooLate({ tooLate }: SquareOffOutlook): Obstacle[] {
  if (tooLate.length === 0) return [];
  const text = `The market has closed by then for ${tooLate.map(instrumentKey).join(', ')}`;
  return [{ code: 'market_closed', accountId: null, text }];
}

function ofAuction({ exits }: SquareOffOutlook): Obstacle[] {
  const held = exits.filter(({ notBeforeMs }) => notBeforeMs !== null);
  if (held.length === 0) return [];
  const names = held.map(({ instrument }) => instrumentKey(instrument)).join(', ');
  const text = `Held for the closing auction, which fills at its end: ${names}`;
  return [{ code: 'closing_auction', accountId: null, text }];
}
