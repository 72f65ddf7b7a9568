import type { Decision, PlanInput } from './decision.ts';
import { type Instrument, instrumentKey } from './instrument.ts';
import { findMapping } from './mapping.ts';
import { planOrderSignal } from './plan-order-signal.ts';
import { planScanSignal } from './plan-scan-signal.ts';
import type { ParsedSignal } from './signal.ts';
import type { Strategy } from './strategy.ts';

/**
 * Turns a signal into orders. Checks in OpenAlgo's order: (ChartInk: the scan's action), trading
 * window, required fields, action, mapping, account; then our own limits. Pure: the same input
 * gives the same decision.
 */
export function planOrders(input: PlanInput): Decision {
  const { signal } = input;
  return signal.kind === 'scan' ? planScanSignal(input, signal) : planOrderSignal(input, signal);
}

/** The instruments that a signal is about: what `held` has to be read for, each once. */
export function instrumentsOf(
  strategy: Pick<Strategy, 'mappings'>,
  signal: ParsedSignal,
): Instrument[] {
  const named = signal.kind === 'scan' ? signal.stocks : [signal.symbol];
  const mapped = named.flatMap((symbol) => {
    const found = symbol === null ? undefined : findMapping(strategy.mappings, symbol.symbol);
    return found === undefined ? [] : [found.instrument];
  });
  const byKey = new Map(mapped.map((instrument) => [instrumentKey(instrument), instrument]));
  return [...byKey.values()];
}
