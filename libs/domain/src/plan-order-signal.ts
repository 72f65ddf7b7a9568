import type { Decision, PlanInput } from './decision.ts';
import { type Held, holdsNothing } from './held.ts';
import { ignoredNotes } from './ignored-notes.ts';
import { findMapping, type MappedSymbol } from './mapping.ts';
import type { Action } from './order-plan.ts';
import { crosses, heldOf, planSymbol } from './plan-symbol.ts';
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
  const { mode, symbol, action, mapped, entryBlock } = checked;
  const sent = signal.positionSize;
  const positionSize = sent === null ? null : inUnits(sent, mapped.mapping);
  const held = heldOf(input, mapped.instrument);
  const planned = planSymbol(input, {
    symbol,
    mapped,
    action,
    wish: wishOf({ mode, action, positionSize }, held),
    signalQuantity: signal.quantity,
    entryBlock,
    entriesBefore: 0,
    key: signalKey(signal.key, action, sent),
  });
  return { ...planned, notes: [...planned.notes, ...ignoredNotes(signal, mapped.mapping)] };
}

interface Checked {
  mode: TradingMode;
  symbol: SignalSymbol;
  action: Action;
  mapped: MappedSymbol;
  /** The window is closed to entries, but the signal may still close what is held. */
  entryBlock: Refusal | undefined;
}

function check(input: PlanInput, signal: OrderSignal): Checked | Refusal {
  const { strategy } = input;
  const { symbol, positionSize } = signal;
  const mode = strategy.tradingMode ?? 'BOTH';
  const mapped = symbol === null ? undefined : findMapping(strategy.mappings, symbol.symbol);
  const block = windowBlock(input, signal, mode);
  const held = mapped && heldOf(input, mapped.instrument);
  if (block !== undefined && !mayStillExit(block, held, positionSize)) return block;
  if (symbol === null || signal.action === null || lacksPositionSize(mode, positionSize)) {
    return refuseMissing(signal, mode);
  }
  const action = actionOf(mode, signal.action);
  if (action === undefined) return refuseAction(mode);
  if (mapped === undefined) return refuse('no_mapping', { symbol: symbol.symbolAsSent });
  if (strategy.accountId === null) return refuse('missing_account');
  return { mode, symbol, action, mapped, entryBlock: block };
}

/** Without an action nobody knows which window counts: the missing field is what to say. */
function windowBlock(input: PlanInput, signal: OrderSignal, mode: TradingMode) {
  if (signal.action === null) return undefined;
  const role = windowRoleOf(mode, signal.action, signal.positionSize);
  return checkWindow(input.strategy, { role, now: input.now, wording: 'order' });
}

/** Whoever holds something may always close it; an entry passes only as the exit it contains. */
function mayStillExit(block: Refusal, held: Held | undefined, positionSize: number | null) {
  if (held === undefined || holdsNothing(held)) return false;
  return block.code.startsWith('exit_') || crosses(held, positionSize ?? 0);
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
