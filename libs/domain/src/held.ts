/** What a strategy holds in one instrument; signed, in shares. */
export interface Held {
  /** Filled by the strategy's orders since it was last flat. */
  own: number;
  /** What its orders that are not final yet may still fill. */
  coming: number;
  /** Its entries, in the direction of the position, that are filled or still coming. */
  entries: number;
  /** An entry of today used the day up; left out where the strategy does not ask. */
  enteredToday?: boolean;
}

export const nothingHeld: Held = { own: 0, coming: 0, entries: 0 };

export function holdsNothing(held: Held): boolean {
  return held.own === 0 && held.coming === 0;
}

/** The position once all that is on its way has filled. */
export function expectedPosition(held: Held): number {
  return held.own + held.coming;
}

/**
 * How much of `own` an exit may take now without ever turning the position around: not what older
 * exits already take, and not what older entries only may fill (that part is added at the claim).
 */
export function closableNow(held: Held): number {
  const expected = expectedPosition(held);
  if (Math.sign(held.own) !== Math.sign(expected)) return 0;
  return Math.min(Math.abs(held.own), Math.abs(expected));
}

/** Whether what is held, or on its way, lies on the other side than `side` (1 long, −1 short). */
export function isAgainst(held: Held, side: number): boolean {
  return held.own * side < 0 || expectedPosition(held) * side < 0;
}

/** All of several places: what a sender, who knows one symbol, holds. */
export function sumOf(helds: readonly Held[]): Held {
  return helds.reduce(
    (sum, held) => ({
      own: sum.own + held.own,
      coming: sum.coming + held.coming,
      entries: sum.entries + held.entries,
      ...((sum.enteredToday || held.enteredToday) && { enteredToday: true }),
    }),
    nothingHeld,
  );
}
