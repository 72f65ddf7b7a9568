import type { Decision, PlanInput } from './decision.ts';
import { findFormer } from './former-mapping.ts';
import { type Held, holdsNothing, isAgainst, sumOf } from './held.ts';
import { ignoredNotes } from './ignored-notes.ts';
import { findMapping, type MappedSymbol } from './mapping.ts';
import type { Action } from './order-plan.ts';
import type { HeldThere } from './plan-closing.ts';
import { formerHeld, planReached } from './plan-former.ts';
import { heldAt } from './plan-symbol.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { OrderSignal, SignalSymbol } from './signal.ts';
import { actionOf, refuseAction, windowRoleOf } from './signal-action.ts';
import { signalKey } from './signal-key.ts';
import { inUnits } from './sizing.ts';
import type { TradingMode } from './strategy.ts';
import { checkWindow } from './trading-window.ts';
import { wishOf } from './wish.ts';

/** Plans a signal of one symbol and action. */
export function planOrderSignal(input: PlanInput, signal: OrderSignal): Decision {
  const checked = check(input, signal);
  if ('code' in checked) return { plans: [], refusals: [checked], notes: [] };
  const { mode, action, mapped, helds, multiplier, ...reached } = checked;
  const sent = signal.positionSize;
  const positionSize = sent === null ? null : inUnits(sent, { multiplier });
  const planned = planReached(input, {
    ...{ ...reached, mapped, action },
    wish: wishOf({ mode, action, positionSize }, sumOf(helds)),
    signalQuantity: signal.quantity,
    entriesBefore: 0,
    key: signalKey(signal.key, action, sent),
  });
  const notes = mapped === undefined ? [] : ignoredNotes(signal, mapped.mapping);
  return { ...planned, notes: [...planned.notes, ...notes] };
}

interface Checked {
  mode: TradingMode;
  symbol: SignalSymbol;
  action: Action;
  mapped: MappedSymbol | undefined;
  unmapped: Refusal;
  former: readonly HeldThere[];
  /** What the symbol holds: under its mapping, and under each former one. */
  helds: readonly Held[];
  /** Of its mapping, or of the former one. */
  multiplier: number | null;
  /** The window is closed to entries, but the signal may still close what is held. */
  entryBlock: Refusal | undefined;
}

function check(input: PlanInput, signal: OrderSignal): Checked | Refusal {
  const { symbol, positionSize } = signal;
  const mode = input.strategy.tradingMode ?? 'BOTH';
  const found = find(input, symbol);
  const { helds, mapped, former, unmapped } = found;
  const block = windowBlock(input, signal, mode);
  if (block !== undefined && !mayStillExit(block, helds, sideAsked(mode, positionSize)))
    return block;
  if (symbol === null || signal.action === null || lacksPositionSize(mode, positionSize)) {
    return refuseMissing(signal, mode);
  }
  const action = actionOf(mode, signal.action);
  if (action === undefined) return refuseAction(mode);
  if (mapped === undefined && former.length === 0) return unmapped;
  return { ...found, mode, symbol, action, entryBlock: block };
}

type Found = Pick<Checked, 'mapped' | 'unmapped' | 'former' | 'helds' | 'multiplier'>;

/** What the symbol is mapped to and was mapped to, as far as something can be ordered there. */
function find(input: PlanInput, symbol: SignalSymbol | null): Found {
  const { mappings, formerMappings, accountId } = input.strategy;
  if (symbol === null) {
    const unmapped = refuse('no_mapping');
    return { mapped: undefined, unmapped, former: [], helds: [], multiplier: null };
  }
  const named = findMapping(mappings, symbol.symbol);
  const isWithout = named !== undefined && accountId === null;
  const mapped = isWithout ? undefined : named;
  const former = formerHeld(input, symbol.symbol);
  const now = mapped === undefined ? [] : [heldAt(input, { ...mapped.instrument, accountId })];
  const [meant] = findFormer(formerMappings, symbol.symbol);
  return {
    mapped,
    multiplier: (mapped?.mapping ?? meant)?.multiplier ?? null,
    unmapped: isWithout
      ? refuse('missing_account')
      : refuse('no_mapping', { symbol: symbol.symbolAsSent }),
    former,
    helds: [...former.map(({ held }) => held), ...now],
  };
}

/** The side that the sender wants to hold: of a one-sided strategy the one that it trades. */
function sideAsked(mode: TradingMode, positionSize: number | null): number {
  if (mode === 'BOTH') return positionSize ?? 0;
  return mode === 'LONG' ? 1 : -1;
}

/** Without an action nobody knows which window counts: the missing field is what to say. */
function windowBlock(input: PlanInput, signal: OrderSignal, mode: TradingMode) {
  if (signal.action === null) return undefined;
  const role = windowRoleOf(mode, signal.action, signal.positionSize);
  return checkWindow(input.strategy, { role, now: input.now, wording: 'order' });
}

/** Whoever holds something may always close it; an entry passes only as the exit it contains. */
function mayStillExit(block: Refusal, helds: readonly Held[], side: number): boolean {
  const held = helds.filter((each) => !holdsNothing(each));
  const isExit = block.code.startsWith('exit_');
  return held.some((each) => isExit || isAgainst(each, side));
}

function lacksPositionSize(mode: TradingMode, positionSize: number | null): boolean {
  return mode === 'BOTH' && positionSize === null;
}

function refuseMissing(signal: OrderSignal, mode: TradingMode): Refusal {
  const missing = [
    ...(signal.symbol === null ? ['symbol'] : []),
    ...(signal.action === null ? ['action'] : []),
    ...(lacksPositionSize(mode, signal.positionSize) ? ['position_size'] : []),
  ];
  return refuse('missing_fields', { text: `Missing required fields: ${missing.join(', ')}` });
}
