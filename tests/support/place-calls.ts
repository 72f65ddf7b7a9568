import { poll } from '@orderlane/local/poll';
import type { Call } from '@orderlane/simulator/calls/call-log';
import type { RunningSimulator } from '@orderlane/simulator/start-simulator';

/** For faults that are meant for an order: its symbol is in other questions to OpenAlgo too. */
export const placing = ['placeorder', 'placesmartorder'];

/** The calls that place orders, in order of arrival. */
export function placeCalls(simulator: RunningSimulator): Call[] {
  return simulator.simulator.calls
    .list({})
    .filter(({ endpoint }) => placing.includes(endpoint))
    .filter(({ body }) => !isQuestion(body));
}

/** A scheduler asks what the endpoint takes, with a body that is no order. */
export function isQuestion(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !('symbol' in body);
}

/** The most arrivals in any rolling second. */
export function mostInASecond(calls: readonly Call[]): number {
  const times = calls.map(({ arrivedAtMs }) => arrivedAtMs).toSorted((a, b) => a - b);
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length),
  );
}

/** (n - 1) over the time from the first to the last arrival, a second. */
export function ratePerSecond(calls: readonly Call[]): number {
  const times = calls.map(({ arrivedAtMs }) => arrivedAtMs).toSorted((a, b) => a - b);
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return ((times.length - 1) / spanMs) * 1000;
}

/** How many calls each order had, by the order id of the header. */
export function callsByOrder(calls: readonly Call[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { order } of calls) {
    const id = order?.split('/')[0] ?? 'no header';
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** Waits until so many place-order calls have arrived. */
export async function waitForCalls(simulator: RunningSimulator, count: number): Promise<Call[]> {
  const enough = () => {
    const calls = placeCalls(simulator);
    return calls.length >= count ? calls : undefined;
  };
  const what = `${count} place-order calls`;
  return await poll(async () => await Promise.resolve(enough()), { what, withinMs: 50_000 });
}
