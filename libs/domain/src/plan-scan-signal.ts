import type { Decision, PlanInput } from './decision.ts';
import { holdsNothing } from './held.ts';
import { instrumentKey } from './instrument.ts';
import { findMapping, type MappedSymbol } from './mapping.ts';
import { heldOf, planSymbol } from './plan-symbol.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type ScanAction, scanActionOf } from './scan-action.ts';
import type { ScanSignal, ScanStock } from './signal.ts';
import { signalKey } from './signal-key.ts';
import type { ChartinkAction, Strategy, TradingMode } from './strategy.ts';
import { checkWindow } from './trading-window.ts';
import { wishOfScan } from './wish.ts';

/** One call may mean dozens of orders; more than this is a mistake. */
const mostStocks = 1000;

/** Plans each stock of a ChartInk call. */
export function planScanSignal(input: PlanInput, signal: ScanSignal): Decision {
  const scan = actionFor(input.strategy, signal.scanName);
  if (!scan.ok) return whole(scan.refusal);
  const block = windowBlock(input, scan.action);
  const holding = block && signal.stocks.some((stock) => isHeld(input, stock));
  if (block !== undefined && (!holding || isEntry(scan.action))) return whole(block);
  const refusal = checkCall(input.strategy, signal.stocks);
  if (refusal !== undefined) return whole(refusal);
  return planStocks(input, { signal, action: scan.action, exitBlock: block });
}

interface Call {
  signal: ScanSignal;
  action: ChartinkAction;
  /** Refuses the exit of every stock that is not held. */
  exitBlock: Refusal | undefined;
}

function planStocks(input: PlanInput, call: Call): Decision {
  const total: { [K in keyof Required<Decision>]: Required<Decision>[K][number][] } = {
    plans: [],
    refusals: [],
    notes: [],
    repeats: [],
  };
  const taken = new Set<string>();
  for (const stock of call.signal.stocks) {
    const mapped = findMapping(input.strategy.mappings, stock.symbol);
    const key = mapped && instrumentKey(mapped.instrument);
    if (key !== undefined && taken.has(key)) continue; // another name of the same instrument
    if (key !== undefined) taken.add(key);
    const planned = planStock(input, { ...call, stock, mapped, entriesBefore: total.plans.length });
    total.plans.push(...planned.plans);
    total.refusals.push(...planned.refusals);
    total.notes.push(...planned.notes);
    total.repeats.push(...(planned.repeats ?? []));
  }
  return total;
}

interface StockCall extends Call {
  stock: ScanStock;
  mapped: MappedSymbol | undefined;
  entriesBefore: number;
}

function planStock(input: PlanInput, call: StockCall): Decision {
  const { stock, mapped, action, signal } = call;
  if (call.exitBlock !== undefined && !isHeld(input, stock)) {
    return whole({ ...call.exitBlock, symbol: stock.symbolAsSent });
  }
  if (mapped === undefined) return whole(refuse('no_mapping', { symbol: stock.symbolAsSent }));
  const orderAction = action === 'BUY' || action === 'COVER' ? 'BUY' : 'SELL';
  return planSymbol(input, {
    symbol: stock,
    mapped,
    action: orderAction,
    wish: wishOfScan(action),
    signalQuantity: null,
    entryBlock: undefined,
    entriesBefore: call.entriesBefore,
    key: signalKey(signal.key, orderAction, null),
  });
}

/** A name is read only where the strategy does not state its action itself. */
function actionFor(strategy: Strategy, scanName: string): ScanAction {
  const stated = strategy.chartinkAction;
  const scan: ScanAction = stated === null ? scanActionOf(scanName) : { ok: true, action: stated };
  if (!scan.ok || knows(strategy.tradingMode, scan.action)) return scan;
  const text = `A ${strategy.tradingMode} strategy takes no ${scan.action} scans`;
  return { ok: false, refusal: refuse('invalid_action', { text }) };
}

/** A LONG strategy only buys and sells again, a SHORT one only shorts and covers. */
function knows(mode: TradingMode | null, action: ChartinkAction): boolean {
  if (mode === 'LONG') return action === 'BUY' || action === 'SELL';
  if (mode === 'SHORT') return action === 'SHORT' || action === 'COVER';
  return true;
}

function isEntry(action: ChartinkAction): boolean {
  return action === 'BUY' || action === 'SHORT';
}

function windowBlock(input: PlanInput, action: ChartinkAction): Refusal | undefined {
  const role = isEntry(action) ? 'entry' : 'exit';
  return checkWindow(input.strategy, { role, now: input.now, wording: 'scan' });
}

function isHeld(input: PlanInput, stock: ScanStock): boolean {
  const mapped = findMapping(input.strategy.mappings, stock.symbol);
  return mapped !== undefined && !holdsNothing(heldOf(input, mapped.instrument));
}

function checkCall(strategy: Strategy, stocks: readonly ScanStock[]): Refusal | undefined {
  if (stocks.length === 0) return refuse('no_symbols');
  if (stocks.length > mostStocks) return refuse('too_many_stocks');
  if (strategy.mappings.length === 0) return refuse('no_symbol_mappings');
  return strategy.accountId === null ? refuse('missing_account') : undefined;
}

function whole(refusal: Refusal): Decision {
  return { plans: [], refusals: [refusal], notes: [] };
}
