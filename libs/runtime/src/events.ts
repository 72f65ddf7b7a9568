import type { EventName } from './event-names.ts';
import type { Log } from './log.ts';

/** What every event about an order says. */
export interface OrderFacts {
  orderId: string;
  /** The signal that wished for it; null: a closing did. */
  signalId?: string | null;
  strategy: string;
  accountId: number;
  lane: string;
  role: string;
  action: string;
  exchange: string;
  symbol: string;
  product: string;
  /** Shares; 0 for a smart exit. */
  quantity: number;
  attempt?: number;
}

/** What every event about a signal says. */
export interface SignalFacts {
  signalId: string;
  strategy: string;
  symbol: string;
  action: string;
}

/** A square-off of one strategy on one session date. */
export interface SquareOffFacts {
  strategy: string;
  /** YYYY-MM-DD of Asia/Kolkata. */
  sessionDate: string;
}

type Level = 'debug' | 'info' | 'warn' | 'error';

type Saying = [level: Level, event: EventName, text: string];

function say(log: Log, [level, event, text]: Saying, facts: object): void {
  log[level]({ event, ...facts }, text);
}

const of = (signal: SignalFacts) => `${signal.action} ${signal.symbol} for ${signal.strategy}`;
const named = (order: OrderFacts) =>
  `${order.action} ${order.quantity === 0 ? 'all of' : order.quantity} ${order.symbol}`;

export function signalQueued(log: Log, signal: SignalFacts & { orderIds: string[] }): void {
  const count = signal.orderIds.length;
  const text = `signal queued: ${of(signal)}, ${count} ${count === 1 ? 'order' : 'orders'}`;
  say(log, ['info', 'signal_queued', text], signal);
}

/** `code` is from the closed list of refusals, `reason` its text. */
export function signalRefused(
  log: Log,
  signal: SignalFacts & { code: string; reason: string },
): void {
  say(log, ['warn', 'signal_refused', `signal refused: ${of(signal)}: ${signal.reason}`], signal);
}

export function signalDuplicate(log: Log, signal: SignalFacts & { firstSignalId: string }): void {
  say(log, ['info', 'signal_duplicate', `signal seen before: ${of(signal)}`], signal);
}

/** The call begins: from here on it may reach the broker. What came of it is told by another event. */
export function orderSent(log: Log, order: OrderFacts): void {
  say(log, ['info', 'order_sent', `sending order: ${named(order)}`], order);
}

export function orderAccepted(
  log: Log,
  order: OrderFacts & { brokerOrderId: string; mode: string; tookMs: number },
): void {
  const text = `order accepted: ${named(order)} as ${order.brokerOrderId} (${order.mode})`;
  say(log, ['info', 'order_accepted', text], order);
}

export function orderRejected(log: Log, order: OrderFacts & { reason: string }): void {
  const text = `order rejected: ${named(order)}: ${order.reason}`;
  say(log, ['error', 'order_rejected', text], order);
}

export function orderNoAction(log: Log, order: OrderFacts & { reason: string }): void {
  say(log, ['info', 'order_no_action', `nothing to do: ${named(order)}: ${order.reason}`], order);
}

export function orderAwaitingApproval(log: Log, order: OrderFacts): void {
  const text = `order waits for a person's approval in OpenAlgo: ${named(order)}`;
  say(log, ['warn', 'order_awaiting_approval', text], order);
}

/** Surely not sent; tried again after `retryInMs` unless it expires first. */
export function orderNotSent(
  log: Log,
  order: OrderFacts & { cause: string; reason: string; retryInMs: number },
): void {
  const again = `again in ${order.retryInMs} ms`;
  const text = `order not sent: ${named(order)}: ${order.reason}, ${again}`;
  say(log, ['warn', 'order_not_sent', text], order);
}

/** It may or may not have reached the broker; it is never sent again. */
export function orderIndeterminate(log: Log, order: OrderFacts & { reason: string }): void {
  const text = `order may have been placed, it is looked up: ${named(order)}: ${order.reason}`;
  say(log, ['error', 'order_indeterminate', text], order);
}

export function orderExpired(log: Log, order: OrderFacts): void {
  say(log, ['warn', 'order_expired', `order expired unsent: ${named(order)}`], order);
}

/** Claimed, and put back before the call. */
export function orderGivenBack(log: Log, order: OrderFacts & { reason: string }): void {
  const text = `order given back unsent: ${named(order)}: ${order.reason}`;
  say(log, ['warn', 'order_given_back', text], order);
}

/** What became of an indeterminate order, by the order book or by a person. */
export function orderSettled(log: Log, order: OrderFacts & { status: string; by: string }): void {
  const text = `order settled: ${named(order)} is ${order.status} (${order.by})`;
  say(log, ['info', 'order_settled', text], order);
}

export function orderFilled(
  log: Log,
  order: OrderFacts & { filledQuantity: number; brokerOrderId: string },
): void {
  const text = `order filled: ${named(order)}, ${order.filledQuantity} traded`;
  say(log, ['info', 'order_filled', text], order);
}

/** Ended at the broker before it was filled, perhaps in part. */
export function orderCancelled(log: Log, order: OrderFacts & { filledQuantity: number }): void {
  const text = `order cancelled: ${named(order)}, ${order.filledQuantity} traded`;
  say(log, ['warn', 'order_cancelled', text], order);
}

export function squareOffDue(log: Log, squareOff: SquareOffFacts): void {
  const text = `square-off due: ${squareOff.strategy}`;
  say(log, ['info', 'square_off_due', text], squareOff);
}

export function squareOffDone(log: Log, squareOff: SquareOffFacts & { exits: number }): void {
  const text = `square-off done: ${squareOff.strategy}, ${squareOff.exits} exits`;
  say(log, ['info', 'square_off_done', text], squareOff);
}

/** Its time passed while nothing could run, and the session is over. */
export function squareOffMissed(log: Log, squareOff: SquareOffFacts): void {
  const text = `square-off missed: ${squareOff.strategy} was not closed on ${squareOff.sessionDate}`;
  say(log, ['error', 'square_off_missed', text], squareOff);
}

/** Its owner deleted it while it held something; that is closed now. */
export function deletedWhenFlat(
  log: Log,
  gone: { kind: 'strategy' | 'account'; id: number; name: string },
): void {
  const text = `${gone.kind} deleted, now that it is flat: ${gone.name}`;
  say(log, ['info', `${gone.kind}_deleted`, text], gone);
}

export function laneServed(log: Log, lane: { lane: string; accountId: number }): void {
  say(log, ['info', 'lane_served', `lane served: ${lane.lane}`], lane);
}

export function laneLeft(log: Log, lane: { lane: string; accountId: number }): void {
  say(log, ['info', 'lane_left', `lane no longer served: ${lane.lane}`], lane);
}

/** OpenAlgo refuses the account's key: entries expire, exits wait until a person signs in there. */
export function accountSessionDead(log: Log, account: { accountId: number }): void {
  const text = `OpenAlgo refuses the key of account ${account.accountId}: is its broker signed in?`;
  say(log, ['error', 'account_session_dead', text], account);
}

export function accountSessionAlive(log: Log, account: { accountId: number }): void {
  const text = `OpenAlgo answers again for account ${account.accountId}`;
  say(log, ['info', 'account_session_alive', text], account);
}

/** OpenAlgo's calendar of a year, as one account's OpenAlgo has it. */
export interface CalendarFacts {
  year: number;
  accountId: number;
}

export function calendarRead(log: Log, read: CalendarFacts & { days: number }): void {
  const text = `calendar of ${read.year} read from account ${read.accountId}: ${read.days} days`;
  say(log, ['info', 'calendar_read', text], read);
}

/** What was known before still counts. */
export function calendarUnread(log: Log, unread: CalendarFacts & { reason: string }): void {
  const text = `calendar of ${unread.year} from account ${unread.accountId} is not believed: ${unread.reason}`;
  say(log, ['warn', 'calendar_unread', text], unread);
}

/** Further than this a process and the database must not be apart (ms). */
const MOST_CLOCK_OFFSET_MS = 1_000;

/** Warns where the clock that tells the trading window is not the database's. */
export function clockCompared(log: Log, clock: { offsetMs: number }): void {
  const offsetMs = Math.round(clock.offsetMs);
  if (Math.abs(offsetMs) <= MOST_CLOCK_OFFSET_MS) return;
  const text = `this machine's clock is ${Math.abs(offsetMs)} ms ${offsetMs > 0 ? 'ahead of' : 'behind'} the database's: entries and square-offs happen that much off`;
  say(log, ['error', 'clock_differs', text], { offsetMs });
}

/** The hash in the log is a witness outside of the database. */
export function orderEventsSealed(
  log: Log,
  sealed: { id: number; rows: number; hash: string },
): void {
  const text = `moves of orders sealed: ${sealed.rows} in seal ${sealed.id}`;
  say(log, ['info', 'order_events_sealed', text], sealed);
}

/** What was past its time and is gone, in rows by table. */
export function pastTimeDeleted(log: Log, rows: Record<string, number>): void {
  const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
  say(log, ['info', 'database_pruned', `past its time and deleted: ${all} rows`], rows);
}

/** The database is not where it last traded: nothing is sent before a person releases it. */
export function databaseRestored(
  log: Log,
  restore: { restoreId: number; backupAt: string | null },
): void {
  const text = `the database was restored: nothing is sent; see orderlane restore`;
  say(log, ['error', 'database_restored', text], restore);
}

/** What a closing came to: `verified`, `nothing_open`, or `failed`, which a person was told. */
export function closingEnded(
  log: Log,
  closing: {
    closingId: string;
    strategy: string;
    exchange: string;
    symbol: string;
    product: string;
    status: string;
    detail: string | null;
  },
): void {
  const { symbol, strategy, status, detail } = closing;
  const text = `closing ended: ${symbol} of ${strategy} ${status}${detail === null ? '' : `: ${detail}`}`;
  say(log, [status === 'failed' ? 'error' : 'info', 'closing_ended', text], closing);
}

/** An account's API key does not open; the reason names keys, never what is in them. */
export function accountKeyUnreadable(
  log: Log,
  account: { accountId: number; reason: string; isOpen: boolean },
): void {
  const then = account.isOpen ? 'the one in memory is used' : 'its orders wait';
  const text = `the API key of account ${account.accountId} cannot be opened, ${then}: ${account.reason}`;
  say(log, ['error', 'account_key_unreadable', text], account);
}
