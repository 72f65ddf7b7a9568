/** A position in an instrument. Quantity is signed shares, prices and profits are rupees. */
export interface Position {
  readonly symbol: string;
  readonly exchange: string;
  readonly product: string;
  quantity: number;
  averagePrice: number;
  /** Today's realized profit. */
  realized: number;
  /** Rupees held back for it in the sandbox. */
  margin: number;
  lastPrice: number;
}

/** A fill as a position sees it: signed shares at a price, with the margin its order had blocked. */
export interface PositionFill {
  readonly quantity: number;
  readonly price: number;
  readonly margin: number;
}

/** What a fill did to a position beside its quantity. */
export interface NettingOutcome {
  readonly realized: number;
  /** Margin that became free. */
  readonly released: number;
}

/** Nets a fill into a position: adding averages the price, reducing realizes profit, crossing zero starts anew. */
export function netFill(position: Position, fill: PositionFill): NettingOutcome {
  const before = position.quantity;
  const after = before + fill.quantity;
  position.lastPrice = fill.price;
  if (before === 0 || Math.sign(before) === Math.sign(fill.quantity)) {
    position.averagePrice =
      (Math.abs(before) * position.averagePrice + Math.abs(fill.quantity) * fill.price) /
      Math.abs(after);
    position.quantity = after;
    position.margin += fill.margin;
    return { realized: 0, released: 0 };
  }
  return reduce(position, fill, after);
}

function reduce(position: Position, fill: PositionFill, after: number): NettingOutcome {
  const before = position.quantity;
  const closed = Math.min(Math.abs(before), Math.abs(fill.quantity));
  const realized = Math.sign(before) * (fill.price - position.averagePrice) * closed;
  const released = (position.margin * closed) / Math.abs(before);
  const crossed = after !== 0 && Math.sign(after) !== Math.sign(before);
  position.realized += realized;
  position.quantity = after;
  position.margin = crossed
    ? (fill.margin * Math.abs(after)) / Math.abs(fill.quantity)
    : position.margin - released;
  if (crossed) position.averagePrice = fill.price;
  if (after === 0) position.averagePrice = 0;
  return { realized, released };
}
