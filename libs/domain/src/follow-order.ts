import type { TradingModeSeen } from './outcome.ts';

/** A status as OpenAlgo's order book says it; `other` for words it is not known to use. */
export type BrokerStatus =
  | 'open'
  | 'trigger pending'
  | 'complete'
  | 'rejected'
  | 'cancelled'
  | 'other';

/** What the order book shows of one order, with its past in earlier clean reads. */
export interface Sighting {
  mode: TradingModeSeen;
  status: BrokerStatus;
  /** What was ordered (shares); a smart order's is OpenAlgo's, not ours. */
  quantity: number;
  /** What the row itself says was filled; null where it says nothing. */
  filledQuantity: number | null;
  averagePrice: number | null;
  rejectionReason: string | null;
  /** Clean reads in a row that showed this status, this one included. */
  sameReads: number;
  /** Since the first of them began (ms). */
  sameForMs: number;
  /** The row before has the same status: some adapters copy it where they know no better. */
  mayBeInherited: boolean;
}

/** What traded against an order (shares, rupees). */
export interface Fills {
  quantity: number;
  averagePrice: number | null;
}

export interface Followed extends Fills {
  status: 'accepted' | 'filled' | 'cancelled' | 'rejected';
  /** The broker's words; null without any. */
  reason: string | null;
}

interface Evidence {
  /** What is known already. */
  known: Fills;
  sighting: Sighting;
  /** What the trade book shows now. */
  traded: Fills;
  /** The trade book lacks trades that must be in it: it says nothing of what filled before a cancellation. */
  lacksTrades: boolean;
  /** A status that may be inherited counts only when it lasted this long (ms). */
  inheritedMs: number;
}

/** One read may be wrong: an end without a fill must stand in two. */
const readsToBelieve = 2;

/**
 * What became of an accepted order. Filled is what the trade book shows (the analyzer's rows may say
 * it themselves), and it only grows; a status alone proves no fill, and an end without one counts
 * only when it lasts, because some live rows carry the status of the row before
 * (openalgo-contract 3.1).
 */
export function followOrder(evidence: Evidence): Followed {
  const { known, sighting, traded } = evidence;
  const fills = largestOf(known, shownFills(sighting, traded), sighting.quantity);
  if (sighting.quantity > 0 && fills.quantity >= sighting.quantity) {
    return { ...fills, status: 'filled', reason: null };
  }
  const { status, rejectionReason } = sighting;
  const isOver = status === 'cancelled' || status === 'rejected';
  if (!(isOver && isBelieved(evidence, fills)))
    return { ...fills, status: 'accepted', reason: null };
  return { ...fills, status, reason: rejectionReason };
}

function shownFills(sighting: Sighting, traded: Fills): Fills {
  const { mode, filledQuantity, averagePrice } = sighting;
  const ownWord = mode === 'analyze' ? (filledQuantity ?? 0) : 0;
  return ownWord > traded.quantity ? { quantity: ownWord, averagePrice } : traded;
}

/** Never less than was known, never more than was ordered: a trade row may come twice. */
function largestOf(known: Fills, shown: Fills, ordered: number): Fills {
  const quantity = Math.min(shown.quantity, ordered);
  if (quantity < known.quantity) return known;
  return { quantity, averagePrice: shown.averagePrice ?? known.averagePrice };
}

function isBelieved({ sighting, lacksTrades, inheritedMs }: Evidence, fills: Fills): boolean {
  if (sighting.sameReads < readsToBelieve) return false;
  // Few live rows say what filled. Where one does, and its trades are not shown yet, more would be sent again than is left.
  if ((sighting.filledQuantity ?? 0) > fills.quantity) return false;
  if (lacksTrades && sighting.status === 'cancelled') return false;
  return !sighting.mayBeInherited || sighting.sameForMs >= inheritedMs;
}
