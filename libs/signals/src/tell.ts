import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import { lateRefusals } from '@orderlane/db/late-refusals';
import type { Db } from '@orderlane/db/open-db';
import { brakeEffect, brakes } from '@orderlane/domain/brakes';
import { instrumentKey } from '@orderlane/domain/instrument';
import { isNothingToDo, type Refusal, refuse } from '@orderlane/domain/refusal';
import type { ParsedSignal, ScanSignal } from '@orderlane/domain/signal';
import * as events from '@orderlane/runtime/events';
import type { Log } from '@orderlane/runtime/log';
import type { StoredCall } from './accept-signal.ts';

function factsOf({ target, decided, signalId }: StoredCall) {
  const { signal } = decided;
  return { signalId, strategy: target.strategy.name, ...wordsOf(signal) };
}

function wordsOf(signal: ParsedSignal | null): { symbol: string; action: string } {
  if (signal === null) return { symbol: '?', action: '?' };
  if (signal.kind === 'order') {
    return { symbol: signal.symbol?.symbol ?? '?', action: signal.action ?? '?' };
  }
  return { symbol: namesOf(signal), action: signal.scanName };
}

const namedAtMost = 10;

/** A scan may name a thousand stocks, and a line of the log is to be read. */
function namesOf({ stocks }: ScanSignal): string {
  const named = stocks.slice(0, namedAtMost).map(({ symbol }) => symbol);
  const more = stocks.length - named.length;
  return more > 0 ? `${named.join(',')} and ${more} more` : named.join(',');
}

/** Says in the log what became of a stored signal. */
export function logStored(log: Log, call: StoredCall): void {
  const facts = factsOf(call);
  const { verdict, duplicateOf, results } = call.stored;
  if (verdict === 'queued') {
    const queued = call.plans.filter((_plan, index) => results[index]?.result === 'queued');
    events.signalQueued(log, { ...facts, orderIds: queued.map(({ id }) => id) });
  } else if (verdict === 'duplicate') {
    events.signalDuplicate(log, { ...facts, firstSignalId: duplicateOf ?? '' });
  } else {
    const refusal = mainRefusal(call);
    if (refusal === undefined) return;
    events.signalRefused(log, { ...facts, code: refusal.code, reason: refusal.text });
  }
}

/** Why a signal led to nothing: first what its sender can do something about. */
export function mainRefusal({ decided, stored }: StoredCall): Refusal | undefined {
  const refusals = [...decided.refusals, ...lateRefusals(stored.results)];
  return refusals.find((each) => !isNothingToDo(each)) ?? refusals[0];
}

/** What its owner is to be told of a stored signal; written beside the answer, never before it. */
export async function raiseStoredAlerts(db: Db, call: StoredCall): Promise<void> {
  for (const alert of alertsOf(call)) await raiseAlert(db, alert);
}

function alertsOf(call: StoredCall): AlertToRaise[] {
  const { strategy } = call.target;
  const about = { subject: strategy.name, strategyId: strategy.id, signalId: call.signalId };
  const alerts = [...refusalAlerts(call), ...heldExits(call)];
  if (call.decided.refusals[0]?.code === 'rate_limited') {
    const text = `${strategy.name}: its webhook is called more often than WEBHOOK_RATE_LIMIT allows`;
    alerts.push({ ...about, code: 'rate_limited', text });
  }
  if (call.stored.results.some((each) => each.result === 'queued' && each.constantKey)) {
    const text = `${strategy.name}: its alerts carry the same id every time, which proves nothing`;
    alerts.push({ ...about, code: 'constant_signal_id', text, atMost: '1 day' });
  }
  return alerts;
}

/** The first refusal of a strategy, code and day: the next ones are counted, and stored as signals. */
function refusalAlerts(call: StoredCall): AlertToRaise[] {
  const { target, decided, stored, signalId } = call;
  const wrong = [...decided.refusals, ...lateRefusals(stored.results)].filter(
    (refusal) => !isNothingToDo(refusal) && refusal.code !== 'rate_limited',
  );
  const { name, id: strategyId } = target.strategy;
  const words = wordsOf(decided.signal);
  return [...Map.groupBy(wrong, ({ code }) => code)].flatMap(([code, [first]]) => {
    if (first === undefined) return [];
    const what = `${words.action} ${first.symbol ?? words.symbol}`;
    const text = `${name}: ${what} was refused: ${first.text}`;
    return [{ code, subject: name, strategyId, signalId, text, atMost: '1 day' as const }];
  });
}

/** An exit that a brake holds is told each time: a position stays open meanwhile. */
function heldExits({ target, plans, stored, signalId }: StoredCall): AlertToRaise[] {
  const held = brakeEffect(target.brakes, 'exitWebhook');
  if (held === undefined) return [];
  const { name, id: strategyId } = target.strategy;
  const { code } = brakes[held.brake];
  return plans
    .filter(({ plan }, index) => plan.role === 'exit' && stored.results[index]?.result === 'queued')
    .map(({ id: orderId, plan: { instrument } }) => ({
      ...{ code, strategyId, signalId, orderId },
      subject: `${name} ${instrumentKey(instrument)} ${orderId}`,
      text: `${name}: the exit of ${instrument.symbol} is kept and waits: ${refuse(code).text}`,
    }));
}
