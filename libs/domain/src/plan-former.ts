import type { Decision, PlanInput } from './decision.ts';
import { refuseRepetition } from './entry-limits.ts';
import { findFormer } from './former-mapping.ts';
import {
  expectedPosition,
  type Held,
  holdsNothing,
  isAgainst,
  nothingHeld,
  sumOf,
} from './held.ts';
import type { MappedSymbol } from './mapping.ts';
import type { HeldThere } from './plan-closing.ts';
import { heldAt, planExit, planSymbol, type SymbolRequest } from './plan-symbol.ts';
import { isNothingToDo, type Refusal, refuse } from './refusal.ts';
import type { Strategy } from './strategy.ts';
import { type EntryWish, type ExitWish, sideOfEntry, type Wish } from './wish.ts';

/** A symbol of a signal that has, or had, a mapping. */
export interface ReachedRequest extends Omit<SymbolRequest, 'mapped'> {
  /** Undefined: nothing is traded for the symbol any more. */
  mapped: MappedSymbol | undefined;
  /** Why an entry cannot be made then. */
  unmapped: Refusal;
  /** What is still held under former mappings, oldest first. */
  former: readonly HeldThere[];
}

/** What a signal's symbol still holds under former mappings; nothing of what is flat. */
export function formerHeld(input: PlanInput, symbol: string): HeldThere[] {
  return findFormer(input.strategy.formerMappings, symbol)
    .map(({ accountId, exchange, symbol: held, product }) => {
      const instrument = { exchange, symbol: held, product };
      return { accountId, instrument, held: heldAt(input, { ...instrument, accountId }) };
    })
    .filter(({ held }) => !holdsNothing(held));
}

/**
 * Plans a symbol with what it holds under former mappings: an exit closes there too, a partial one
 * there first; an entry counts what is held there, and closes what is there of the other side.
 */
export function planReached(input: PlanInput, request: ReachedRequest): Decision {
  const { mapped, former } = request;
  if (mapped !== undefined && former.length === 0) return planSymbol(input, { ...request, mapped });
  const heldNow =
    mapped === undefined
      ? nothingHeld
      : heldAt(input, { ...mapped.instrument, accountId: input.strategy.accountId });
  const helds = [...former.map(({ held }) => held), heldNow];
  const wishes = shareWish(input.strategy, request.wish, helds);
  const exits = former.map((there, index) =>
    planFormer(input, request, { there, wish: wishes[index] }),
  );
  const now = planMapped(input, request, { wish: wishes.at(-1), total: sumOf(helds) });
  return together([...exits, now], request.symbol.symbolAsSent);
}

function planMapped(
  input: PlanInput,
  request: ReachedRequest,
  { wish, total }: { wish: Wish | undefined; total: Held },
): Decision {
  const { mapped, unmapped } = request;
  if (wish === undefined) return nothing;
  if (mapped === undefined) {
    const isExit = wish.kind === 'close' || wish.kind === 'reduce';
    return isExit ? nothing : { ...nothing, refusals: [unmapped] };
  }
  const isFull =
    isEntryWish(wish) && refuseRepetition(input.strategy, request, { wish, held: total });
  return isFull
    ? { ...nothing, refusals: [isFull] }
    : planSymbol(input, { ...request, mapped, wish });
}

const nothing: Decision = { plans: [], refusals: [], notes: [] };

function isEntryWish(wish: Wish): wish is EntryWish {
  return wish.kind === 'enter' || wish.kind === 'reach';
}

/** An exit's quantity is of what is held. */
const unsized = { quantity: null, multiplier: null };

function planFormer(
  input: PlanInput,
  request: ReachedRequest,
  { there, wish }: { there: HeldThere; wish: Wish | undefined },
): Decision {
  if (wish === undefined || (wish.kind !== 'close' && wish.kind !== 'reduce')) return nothing;
  const { accountId, instrument } = there;
  const mapping = { ...instrument, id: 0, signalSymbol: request.symbol.symbol, ...unsized };
  const elsewhere = accountId === input.strategy.accountId ? {} : { accountId };
  return planExit(input, { ...request, ...elsewhere, mapped: { mapping, instrument } }, wish);
}

/** Each place's part of what is asked for, in their order; undefined: none. The last is today's mapping. */
function shareWish(strategy: Strategy, wish: Wish, places: readonly Held[]): (Wish | undefined)[] {
  switch (wish.kind) {
    case 'nothing':
      return places.map((_held, index) => (index === places.length - 1 ? wish : undefined));
    case 'close':
      return places.map((held, index) => {
        const isToday = index === places.length - 1;
        return isToday || !isAgainst(held, wish.direction) ? wish : undefined;
      });
    case 'reduce':
      return shareReduction(wish.target, places);
    case 'enter':
    case 'reach':
      return shareEntry(strategy, wish, places);
  }
}

/** What is to stay, stays under today's mapping, and under the youngest of the former ones. */
function shareReduction(target: number, places: readonly Held[]): (Wish | undefined)[] {
  const side = target > 0 ? 1 : -1;
  let left = Math.abs(target);
  const shares = places.toReversed().map((held): Wish | undefined => {
    const has = Math.max(0, expectedPosition(held) * side);
    const kept = Math.min(left, has);
    left -= kept;
    if (has === 0 || kept === has) return undefined;
    return kept === 0
      ? { kind: 'close', direction: side }
      : { kind: 'reduce', target: kept * side };
  });
  const isShared = shares.some((share) => share !== undefined);
  return isShared ? shares.toReversed() : [{ kind: 'reduce', target }];
}

/** A scan strategy without a trading mode holds both sides: only COVER closes what SHORT opened. */
function shareEntry(
  { tradingMode }: Strategy,
  wish: EntryWish,
  places: readonly Held[],
): (Wish | undefined)[] {
  const side = sideOfEntry(wish);
  const former = places.slice(0, -1);
  const closing: ExitWish = { kind: 'close', direction: 0 };
  const exits = former.map((held) =>
    isAgainst(held, side) && tradingMode !== null ? closing : undefined,
  );
  const has = former.reduce((sum, held) => sum + Math.max(0, expectedPosition(held) * side), 0);
  return [...exits, wish.kind === 'reach' && has > 0 ? reachLess(wish, has * side) : wish];
}

function reachLess(wish: Extract<Wish, { kind: 'reach' }>, held: number): Wish {
  const target = wish.target - held;
  return target * wish.target > 0
    ? { ...wish, target }
    : { kind: 'nothing', code: 'already_at_target' };
}

/** Where something is ordered, what was to do nothing elsewhere is not worth a word. */
function together(decisions: readonly Decision[], symbol: string): Decision {
  const plans = decisions.flatMap((each) => each.plans);
  const refusals = decisions.flatMap((each) => each.refusals);
  const isEmpty = plans.length + refusals.length === 0;
  return {
    plans,
    refusals: isEmpty
      ? [refuse('nothing_to_exit', { symbol })]
      : refusals.filter((each) => plans.length === 0 || !isNothingToDo(each)),
    notes: decisions.flatMap((each) => each.notes),
    repeats: decisions.flatMap((each) => each.repeats ?? []),
  };
}
