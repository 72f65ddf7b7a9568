import type { OrderId } from './ids.ts';
import { type Instrument, instrumentKey } from './instrument.ts';
import type { Action } from './order-plan.ts';

/** An order whose call may or may not have reached the broker. All instants are the database's (ms). */
export interface UnsettledOrder {
  id: OrderId;
  instrument: Instrument;
  action: Action;
  /** Null for a smart order: OpenAlgo computed side and quantity, this process did not. */
  quantity: number | null;
  /** Nothing of it was sent before this. */
  claimedAtMs: number;
  /** An earlier clean read, begun after the claim, showed no row for it. */
  wasUnseen: boolean;
  /** A person approves it in OpenAlgo, whenever they like: its row may come hours later. */
  awaitsApproval: boolean;
}

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
}

export interface SettleInput {
  orders: readonly UnsettledOrder[];
  rows: readonly UnclaimedRow[];
  /** Keys of instruments on which an order of ours is being submitted right now. */
  submitting: ReadonlySet<string>;
  /** Start of the clean read that showed these rows (ms). */
  readStartedAtMs: number;
  /** False where somebody else trades on the account. */
  isAutomatic: boolean;
  /** A row that is absent so long after the send will not come (ms). */
  absentAfterMs: number;
}

export type Settlement =
  | { kind: 'found'; orderId: OrderId; brokerOrderId: string }
  /** A person has to say which of these rows it is, if any. */
  | { kind: 'ask'; orderId: OrderId; candidates: string[] }
  /** A clean read after the send shows nothing; it is looked for again. */
  | { kind: 'not_seen'; orderId: OrderId }
  | { kind: 'absent'; orderId: OrderId };

/** A broker's clock may be this far behind the database's (ms). */
const clockSlackMs = 2000;

/**
 * What one clean read of the order book says about the orders whose fate is unknown. A row can only
 * be an order's if it appeared after the order's claim; live rows carry nothing of ours, so equal
 * orders are settled together, when there are as many rows as orders.
 */
export function settleByBook(input: SettleInput): Settlement[] {
  const readable = input.orders.filter((order) => order.claimedAtMs < input.readStartedAtMs);
  const groups = Map.groupBy(readable, fingerprintOf);
  return [...groups.values()].flatMap((twins) => settleTwins(input, twins));
}

function fingerprintOf({ instrument, action, quantity }: UnsettledOrder): string {
  const key = instrumentKey(instrument);
  return quantity === null ? `smart ${key}` : `${key} ${action} ${quantity}`;
}

function settleTwins(input: SettleInput, twins: readonly UnsettledOrder[]): Settlement[] {
  const candidates = input.rows.filter((row) => twins.some((order) => couldBe(order, row)));
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
  }));
}

/** A row is certainly ours when nobody else can have made it, and it can be no other order's. */
function isCertain(
  input: SettleInput,
  group: { twins: readonly UnsettledOrder[]; candidates: readonly UnclaimedRow[] },
): boolean {
  const { twins, candidates } = group;
  if (!input.isAutomatic || candidates.length !== twins.length) return false;
  if (twins.some(({ awaitsApproval }) => awaitsApproval)) return false;
  if (candidates.some((row) => !row.wasAbsent)) return false;
  if (twins.some(({ instrument }) => input.submitting.has(instrumentKey(instrument)))) return false;
  const others = input.orders.filter((order) => !twins.includes(order));
  return candidates.every((row) => !others.some((order) => couldBe(order, row)));
}

function couldBe(order: UnsettledOrder, row: UnclaimedRow): boolean {
  const isSame =
    instrumentKey(order.instrument) === instrumentKey(row.instrument) &&
    (order.quantity === null || (order.action === row.action && order.quantity === row.quantity));
  const isNew = row.firstSeenAtMs > order.claimedAtMs;
  const isLater = row.brokerTimeMs === null || row.brokerTimeMs >= order.claimedAtMs - clockSlackMs;
  return isSame && isNew && isLater;
}

function withoutRow(input: SettleInput, order: UnsettledOrder): Settlement {
  const waitedMs = input.readStartedAtMs - order.claimedAtMs;
  const isOverdue = waitedMs >= input.absentAfterMs && !order.awaitsApproval;
  return { kind: isOverdue && order.wasUnseen ? 'absent' : 'not_seen', orderId: order.id };
}
