import type { Simulator } from '@orderlane/simulator/simulator';
import { isQueued, messageOf } from './known-answers.ts';
import { type Exchange, endpointOf, fieldsOf, isLive, textIn } from './recording.ts';
import { hadDeadSession } from './set-up.ts';

/** What is needed to bring the simulator into the state in which an exchange was recorded. */
export interface Owner {
  readonly simulator: Simulator;
  readonly keys: readonly string[];
}

/**
 * Does what the owner of the recorded OpenAlgo did between two calls and no call shows: semi-auto mode, the end of a
 * broker session, the time of day, and live mode where the exchange's name says so.
 *
 * @returns what ends a time of day that was only so for this exchange
 */
export function actAsOwner({ simulator, keys }: Owner, exchange: Exchange): () => void {
  const account = simulator.accounts.find(textIn(fieldsOf(exchange.request.body), 'apikey'));
  if (account !== undefined) {
    account.sessionAlive = !hadDeadSession(exchange, keys);
    account.semiAuto = wasSemiAuto(exchange);
    account.mode = modeOf(exchange) ?? account.mode;
  }
  const evening = /after square-off time \((\d{2}:\d{2}) IST\)/.exec(messageOf(exchange))?.[1];
  if (evening === undefined) return () => {};
  const before = simulator.clock.now();
  setTimeOfDay(simulator, evening);
  return () => simulator.clock.set(before);
}

/** A mode that was switched without a recorded call; the analyzer's own calls speak for themselves. */
function modeOf(exchange: Exchange): 'live' | 'analyze' | undefined {
  if (endpointOf(exchange).startsWith('analyzer')) return undefined;
  if (isLive(exchange)) return 'live';
  return fieldsOf(exchange.response.body)['mode'] === 'analyze' ? 'analyze' : undefined;
}

function wasSemiAuto(exchange: Exchange): boolean {
  if (isQueued(exchange) || /Semi-Auto mode/.test(messageOf(exchange))) return true;
  return /semi.?auto/i.test(exchange.name) && !/semi.?auto (?:off|ended)/i.test(exchange.name);
}

function setTimeOfDay({ clock }: Simulator, time: string): void {
  const today = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(
    'Asia/Kolkata',
  );
  clock.set(today.withPlainTime(Temporal.PlainTime.from(time)).epochMilliseconds);
}
