import type { Decision, PlanInput } from './decision.ts';
import { findFormer } from './former-mapping.ts';
import { instrumentKey } from './instrument.ts';
import { findMapping } from './mapping.ts';
import { type Place, placeOnly } from './place.ts';
import { planOrderSignal } from './plan-order-signal.ts';
import { planScanSignal } from './plan-scan-signal.ts';
import type { ParsedSignal, SignalSymbol } from './signal.ts';
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

/** Where what a signal is about may be held: what `held` has to be read for, each once. */
export function placesOf(
  strategy: Pick<Strategy, 'accountId' | 'mappings' | 'formerMappings'>,
  signal: ParsedSignal,
): Place[] {
  const named = signal.kind === 'scan' ? signal.stocks : [signal.symbol];
  const places = named.flatMap((symbol) => (symbol === null ? [] : placesFor(strategy, symbol)));
  const byKey = new Map(
    places.map((place) => [`${place.accountId}:${instrumentKey(place)}`, place]),
  );
  return [...byKey.values()].sort((left, right) => left.accountId - right.accountId);
}

function placesFor(
  {
    accountId,
    mappings,
    formerMappings,
  }: Pick<Strategy, 'accountId' | 'mappings' | 'formerMappings'>,
  { symbol }: SignalSymbol,
): Place[] {
  const mapped = accountId === null ? undefined : findMapping(mappings, symbol);
  const former = findFormer(formerMappings, symbol).map(placeOnly);
  return mapped === undefined || accountId === null
    ? former
    : [{ ...mapped.instrument, accountId }, ...former];
}
