import { brakeEffect, brakes } from './brakes.ts';
import { holdMs } from './closing-auction.ts';
import type { Decision, Note, PlanInput } from './decision.ts';
import { type EntryRequest, entryRefusal } from './entry-limits.ts';
import { entryExpiry, exitExpiry } from './expiry.ts';
import { type Held, isAgainst, nothingHeld } from './held.ts';
import type { AccountId } from './ids.ts';
import type { Instrument } from './instrument.ts';
import { laneFor, priorities } from './lane.ts';
import type { MappedSymbol } from './mapping.ts';
import { openSessionAt } from './market-sessions.ts';
import type { Action, OrderPlan, SignalKey } from './order-plan.ts';
import { type OrderShape, shapeClose, shapeEntry, shapeReduce } from './order-shape.ts';
import { heldKey } from './place.ts';
import { type Refusal, type RefusalCode, refuse } from './refusal.ts';
import type { SignalSymbol } from './signal.ts';
import type { Strategy } from './strategy.ts';
import { type ExitWish, sideOfEntry, type Wish } from './wish.ts';

/** One symbol of a signal, found valid, with what is asked for it. */
export interface SymbolRequest {
  symbol: SignalSymbol;
  mapped: MappedSymbol;
  /** Of what was built before the strategy moved to another account; else left out. */
  accountId?: AccountId;
  /** What the sender said: a smart exit carries it though OpenAlgo ignores it there. */
  action: Action;
  wish: Wish;
  signalQuantity: number | 'bad' | null;
  /** Refuses entries, whatever the limits say. */
  entryBlock: Refusal | undefined;
  /** Orders of this call that were planned before this symbol. */
  entriesBefore: number;
  /** See `Sameness`. */
  key: SignalKey | null;
}

/** Plans one symbol: an order or a refusal. */
export function planSymbol(input: PlanInput, request: SymbolRequest): Decision {
  const held = heldIn(input, request);
  const { wish } = request;
  switch (wish.kind) {
    case 'nothing':
      return refused(request, refuse(wish.code, { symbol: request.symbol.symbolAsSent }));
    case 'enter':
    case 'reach':
      return planEntry(input, request, { wish, held });
    case 'reduce':
    case 'close':
      return planExit(input, request, wish);
  }
}

/** Under today's mapping and account, or where `place` says. */
export function heldAt(
  input: PlanInput,
  place: Instrument & { accountId: AccountId | null },
): Held {
  return input.held.get(heldKey(input.strategy, place)) ?? nothingHeld;
}

function heldIn(input: PlanInput, { mapped: { instrument }, accountId }: SymbolRequest): Held {
  return heldAt(input, { ...instrument, accountId: accountId ?? input.strategy.accountId });
}

function planEntry(input: PlanInput, request: SymbolRequest, entry: EntryRequest): Decision {
  if (mustExitFirst(input.strategy, entry)) return planExitInstead(input, request, otherSideText);
  const refusal = request.entryBlock ?? entryRefusal(input, request, entry);
  if (refusal !== undefined) {
    return containsExit(entry) && refusal.code !== 'already_in_position'
      ? planExitInstead(input, request, refusal.text)
      : refused(request, refusal);
  }
  // Nothing forbids the entry: that it is on its way already, or has no quantity, closes nothing.
  const shape = shapeEntry(input.strategy, request, entry);
  return 'code' in shape
    ? refused(request, shape)
    : planned(input, request, { ...shape, role: 'entry' });
}

const otherSideText = 'It holds the other side, which its trading mode does not trade any more';

/** One side only is traded, and the other is held: the mode was changed, and nothing else closes that. */
function mustExitFirst({ tradingMode }: Strategy, { wish, held }: EntryRequest): boolean {
  const isOneSided = tradingMode === 'LONG' || tradingMode === 'SHORT';
  return isOneSided && isAgainst(held, sideOfEntry(wish));
}

function planExitInstead(input: PlanInput, request: SymbolRequest, why: string): Decision {
  const { symbol, mapped } = request;
  const exit = planExit(input, request, { kind: 'close', direction: 0 });
  const text = `${why}: what ${mapped.instrument.symbol} holds is closed instead`;
  const note: Note = { kind: 'entry_became_exit', symbol: symbol.symbol, text };
  return { ...exit, notes: [...exit.notes, note] };
}

/** A target across zero first closes what is held: that part may always be done. */
function containsExit({ wish, held }: EntryRequest): boolean {
  return wish.kind === 'reach' && wish.anySide && isAgainst(held, wish.target);
}

/** An exit of one place: an order, or why there is nothing to close. */
export function planExit(input: PlanInput, request: SymbolRequest, wish: ExitWish): Decision {
  const brake = brakeEffect(input.brakes, 'exitWebhook');
  if (brake?.effect === 'refuse') return refused(request, refuse(brakes[brake.brake].code));
  const held = heldIn(input, request);
  const { exchange } = request.mapped.instrument;
  const isInSession = openSessionAt(exchange, input.now, input.calendar) !== undefined;
  const shape =
    wish.kind === 'reduce'
      ? shapeReduce(request, { held, target: wish.target })
      : shapeClose(input.strategy, request, { held, direction: wish.direction, isInSession });
  if ('code' in shape) return refused(request, shape);
  const plan = planned(input, request, { ...shape, role: 'exit' });
  if (brake === undefined) return plan;
  const text = `The exit waits: ${brakes[brake.brake].code}`;
  return { ...plan, notes: [{ kind: 'exit_waits', symbol: request.symbol.symbol, text }] };
}

function planned(
  input: PlanInput,
  request: SymbolRequest,
  shape: OrderShape & Pick<OrderPlan, 'role'>,
): Decision {
  const { symbol, mapped, key, accountId } = request;
  const { instrument } = mapped;
  const plan: OrderPlan = {
    ...shape,
    lane: laneFor(shape),
    signalSymbol: symbol.symbol,
    instrument,
    ...(accountId === undefined ? {} : { accountId }),
    priority: priorities[shape.role],
    ...(shape.role === 'exit' ? exitExpiry(instrument, input) : entryExpiry(input.strategy, input)),
    notBeforeMs: shape.role === 'exit' ? holdMs(instrument, input) : null,
    sameness: { content: symbol.content, key },
  };
  return { plans: [plan], refusals: [], notes: [] };
}

/** Refusals that an earlier signal, the same one perhaps, has led to. */
const heldCodes: readonly RefusalCode[] = [
  'already_at_target',
  'already_in_position',
  'entered_today',
  'exit_already_coming',
  'nothing_to_exit',
];

function refused(request: SymbolRequest, refusal: Refusal): Decision {
  const symbol = refusal.symbol ?? request.symbol.symbolAsSent;
  const { mapped, key, accountId } = request;
  const { symbol: signalSymbol, content } = request.symbol;
  const repeat = {
    ...{ signalSymbol, instrument: mapped.instrument, sameness: { content, key } },
    ...(accountId === undefined ? {} : { accountId }),
  };
  const repeats = heldCodes.includes(refusal.code) ? [repeat] : [];
  return { plans: [], refusals: [{ ...refusal, symbol }], notes: [], repeats };
}
