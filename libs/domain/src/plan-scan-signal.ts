import type { Decision, PlanInput } from './decision.ts';
import { holdsNothing } from './held.ts';
import { findMapping, type MappedSymbol } from './mapping.ts';
import { heldKey } from './place.ts';
import type { HeldThere } from './plan-closing.ts';
import { formerHeld, planReached } from './plan-former.ts';
import { heldAt } from './plan-symbol.ts';
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
  const refusal = checkCall(input, signal.stocks);
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
    const found = findStock(input, stock, taken);
    if (found === undefined) continue; // another name of the same instrument
    const entriesBefore = total.plans.filter(({ role }) => role === 'entry').length;
    const planned = planStock(input, { ...call, ...found, stock, entriesBefore });
    total.plans.push(...planned.plans);
    total.refusals.push(...planned.refusals);
    total.notes.push(...planned.notes);
    total.repeats.push(...(planned.repeats ?? []));
  }
  return total;
}

interface FoundStock {
  mapped: MappedSymbol | undefined;
  former: HeldThere[];
}

/** Each place once, by whichever name: undefined where another name had all of it. */
function findStock(input: PlanInput, stock: ScanStock, taken: Set<string>): FoundStock | undefined {
  const mapped = mappedTo(input, stock);
  const former = formerHeld(input, stock.symbol);
  const { accountId } = input.strategy;
  const now = mapped && heldKey(input.strategy, { ...mapped.instrument, accountId });
  const isNew = now !== undefined && isFirst(taken, now);
  const newFormer = former.filter((there) =>
    isFirst(taken, heldKey(input.strategy, { ...there.instrument, accountId: there.accountId })),
  );
  const found = { mapped: isNew ? mapped : undefined, former: newFormer };
  const isKnown = mapped !== undefined || former.length > 0;
  return isKnown && !isNew && found.former.length === 0 ? undefined : found;
}

function isFirst(taken: Set<string>, key: string): boolean {
  if (taken.has(key)) return false;
  taken.add(key);
  return true;
}

/** Without an account nothing is traded, whatever the mappings say. */
function mappedTo({ strategy }: PlanInput, { symbol }: ScanStock): MappedSymbol | undefined {
  return strategy.accountId === null ? undefined : findMapping(strategy.mappings, symbol);
}

interface StockCall extends Call, FoundStock {
  stock: ScanStock;
  entriesBefore: number;
}

function planStock(input: PlanInput, call: StockCall): Decision {
  const { stock, mapped, former, action, signal } = call;
  if (call.exitBlock !== undefined && !isHeld(input, stock)) {
    return whole({ ...call.exitBlock, symbol: stock.symbolAsSent });
  }
  const unmapped = refuse('no_mapping', { symbol: stock.symbolAsSent });
  if (mapped === undefined && former.length === 0) return whole(unmapped);
  const orderAction = action === 'BUY' || action === 'COVER' ? 'BUY' : 'SELL';
  return planReached(input, {
    ...{ symbol: stock, mapped, unmapped, former },
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
  const mapped = mappedTo(input, stock);
  const { accountId } = input.strategy;
  const holdsNow =
    mapped !== undefined && !holdsNothing(heldAt(input, { ...mapped.instrument, accountId }));
  return holdsNow || formerHeld(input, stock.symbol).length > 0;
}

function checkCall(input: PlanInput, stocks: readonly ScanStock[]): Refusal | undefined {
  const { strategy } = input;
  if (stocks.length === 0) return refuse('no_symbols');
  if (stocks.length > mostStocks) return refuse('too_many_stocks');
  if (stocks.some(({ symbol }) => formerHeld(input, symbol).length > 0)) return undefined;
  if (strategy.mappings.length === 0) return refuse('no_symbol_mappings');
  return strategy.accountId === null ? refuse('missing_account') : undefined;
}

function whole(refusal: Refusal): Decision {
  return { plans: [], refusals: [refusal], notes: [] };
}
