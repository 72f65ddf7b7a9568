import { orderOfClientId } from './client-order-id.ts';
import type { OrderId } from './ids.ts';
import { type Instrument, instrumentKey } from './instrument.ts';
import type { Action } from './order-plan.ts';

/** An order whose call may or may not have reached the broker. All instants are the database's (ms). */
export interface UnsettledOrder {
  id: OrderId;
  instrument: Instrument;
  asked: AskedOrder;
  /** Nothing of it was sent before this. */
  claimedAtMs: number;
  /** An earlier clean read, begun after the claim, showed no row for it. */
  wasUnseen: boolean;
  /**
   * Its row may come hours later, when a person approves it in OpenAlgo; or it is from a backup, after which
   * orders may have been placed that nobody here remembers.
   */
  needsPerson: boolean;
  /** OpenAlgo's mode was switched since the claim: the book of the other mode is not shown now. */
  mayBeInOtherBook: boolean;
}

export type AskedOrder =
  | { kind: 'regular'; action: Action; quantity: number }
  /**
   * OpenAlgo ordered the difference between target and position, signed, as we know it; null where
   * the position at the time of the call cannot be known.
   */
  | { kind: 'smart'; delta: number | null };

/** A row of the account's order book that no order of ours has for its own. */
export interface UnclaimedRow {
  brokerOrderId: string;
  instrument: Instrument;
  action: Action;
  quantity: number;
  /** End of the first clean read that showed it (ms). */
  firstSeenAtMs: number;
  /** A clean read before that one did not show it; without one it may have stood there for long. */
  wasAbsent: boolean;
  /** What the broker gives as its time, where that could be read (ms). */
  brokerTimeMs: number | null;
  /** The id that its caller gave it, where OpenAlgo shows one. */
  clientOrderId: string | null;
  /** Its status is rejected, and nothing traded against it. */
  isRejected: boolean;
}

/** An order of ours that was rejected at once, without a number: it may have left a rejected row in the book. */
export type RejectedOrder = Pick<UnsettledOrder, 'instrument' | 'asked' | 'claimedAtMs'>;

export interface SettleInput {
  orders: readonly UnsettledOrder[];
  rows: readonly UnclaimedRow[];
  /** Keys of instruments on which an order of ours is being submitted right now. */
  submitting: ReadonlySet<string>;
  rejected: readonly RejectedOrder[];
  /** Start of the clean read that showed these rows (ms). */
  readStartedAtMs: number;
  /** False where somebody else trades on the account. */
  isAutomatic: boolean;
  /** A row that is absent so long after the send will not come (ms). */
  absentAfterMs: number;
}

export type Settlement =
  | { kind: 'found'; orderId: OrderId; brokerOrderId: string; by: 'own_id' | 'fingerprint' }
  /** A person has to say which of these rows it is, if any; without rows it may be in the book of the other mode. */
  | { kind: 'ask'; orderId: OrderId; candidates: string[] }
  /** A clean read after the send shows nothing; it is looked for again. */
  | { kind: 'not_seen'; orderId: OrderId }
  | { kind: 'absent'; orderId: OrderId };

/** A broker's clock may be this far behind the database's (ms). */
const clockSlackMs = 2000;

/**
 * What one clean read of the order book says about the orders whose fate is unknown. A row that
 * carries the order's own id is that order. Without such a row, a row can only be an order's if it
 * appeared after the order's claim; equal orders are settled together, when there are as many rows
 * as orders.
 */
export function settleByBook(input: SettleInput): Settlement[] {
  const readable = input.orders.filter((order) => order.claimedAtMs < input.readStartedAtMs);
  const named = Map.groupBy(input.rows, ownerOf);
  const byOwnId = readable.flatMap(({ id }) => settleNamed(id, named.get(id) ?? []));
  const isNamed = new Set(byOwnId.map(({ orderId }) => orderId));
  // A row with somebody's id is nobody else's; one without may have lost it on its way.
  const rows = input.rows.filter((row) => row.clientOrderId === null);
  const orders = input.orders.filter(({ id }) => !isNamed.has(id));
  const groups = Map.groupBy(
    readable.filter(({ id }) => !isNamed.has(id)),
    fingerprintOf,
  );
  const unnamed = { ...input, rows, orders };
  return [...byOwnId, ...[...groups.values()].flatMap((twins) => settleTwins(unnamed, twins))];
}

function ownerOf({ clientOrderId }: UnclaimedRow): OrderId | null {
  return clientOrderId === null ? null : orderOfClientId(clientOrderId);
}

function settleNamed(orderId: OrderId, rows: readonly UnclaimedRow[]): Settlement[] {
  const [row, ...others] = rows;
  if (row === undefined) return [];
  if (others.length > 0) {
    return [{ kind: 'ask', orderId, candidates: rows.map((each) => each.brokerOrderId) }];
  }
  return [{ kind: 'found', orderId, brokerOrderId: row.brokerOrderId, by: 'own_id' }];
}

function fingerprintOf({ instrument, asked }: UnsettledOrder): string {
  const key = instrumentKey(instrument);
  return asked.kind === 'smart' ? `smart ${key}` : `${key} ${asked.action} ${asked.quantity}`;
}

function settleTwins(input: SettleInput, twins: readonly UnsettledOrder[]): Settlement[] {
  const candidates = input.rows.filter((row) =>
    twins.some((order) => couldBe(order, row) && !isLeftOver(input, { order, row })),
  );
  if (candidates.length === 0) return twins.map((order) => withoutRow(input, order));
  const ids = candidates.map(({ brokerOrderId }) => brokerOrderId);
  if (!isCertain(input, { twins, candidates })) {
    return twins.map(({ id }) => ({ kind: 'ask', orderId: id, candidates: ids }));
  }
  const oldestFirst = twins.toSorted((one, other) => one.claimedAtMs - other.claimedAtMs);
  return oldestFirst.map(({ id }, index) => ({
    kind: 'found',
    orderId: id,
    brokerOrderId: ids[index] ?? '',
    by: 'fingerprint',
  }));
}

/** A row is certainly ours when nobody else can have made it, and it can be no other order's. */
function isCertain(
  input: SettleInput,
  group: { twins: readonly UnsettledOrder[]; candidates: readonly UnclaimedRow[] },
): boolean {
  const { twins, candidates } = group;
  if (!input.isAutomatic || candidates.length !== twins.length) return false;
  if (twins.some(({ needsPerson }) => needsPerson)) return false;
  if (candidates.some((row) => !row.wasAbsent)) return false;
  if (twins.some(({ instrument }) => input.submitting.has(instrumentKey(instrument)))) return false;
  if (!twins.every(({ asked }) => candidates.every((row) => isAsAsked(asked, row)))) return false;
  const others = input.orders.filter((order) => !twins.includes(order));
  return candidates.every((row) => !others.some((order) => couldBe(order, row)));
}

/**
 * What an order left that was rejected at once is not taken for its twin, which would be sent again
 * although it may have been executed. Should it be the twin's after all, nothing is lost by waiting for
 * another in vain: it executed nothing. A person who has to say it anyway is shown every row.
 */
function isLeftOver(
  { rejected }: SettleInput,
  { order, row }: { order: UnsettledOrder; row: UnclaimedRow },
): boolean {
  return row.isRejected && !order.needsPerson && rejected.some((each) => couldBe(each, row));
}

/** Any new row of the instrument may be a smart order's: OpenAlgo may have misread the position. */
function couldBe(order: RejectedOrder, row: UnclaimedRow): boolean {
  const { instrument, asked, claimedAtMs } = order;
  const isSame =
    instrumentKey(instrument) === instrumentKey(row.instrument) &&
    (asked.kind === 'smart' || isAsAsked(asked, row));
  const isNew = row.firstSeenAtMs > claimedAtMs;
  const isLater = row.brokerTimeMs === null || row.brokerTimeMs >= claimedAtMs - clockSlackMs;
  return isSame && isNew && isLater;
}

function isAsAsked(asked: AskedOrder, { action, quantity }: UnclaimedRow): boolean {
  if (asked.kind === 'regular') return asked.action === action && asked.quantity === quantity;
  return asked.delta === (action === 'BUY' ? quantity : -quantity);
}

function withoutRow(input: SettleInput, order: UnsettledOrder): Settlement {
  const waitedMs = input.readStartedAtMs - order.claimedAtMs;
  const isOverdue = waitedMs >= input.absentAfterMs && !order.needsPerson;
  if (!isOverdue || !order.wasUnseen) return { kind: 'not_seen', orderId: order.id };
  if (order.mayBeInOtherBook) return { kind: 'ask', orderId: order.id, candidates: [] };
  return { kind: 'absent', orderId: order.id };
}
