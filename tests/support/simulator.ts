import { createSimulatorClient, type SimulatorClient } from '@orderlane/simulator/client';
import type { SimulatorOptions } from '@orderlane/simulator/options';
import { type RunningSimulator, startSimulator } from '@orderlane/simulator/start-simulator';

export const simulatorKey = 'sim-0123456789abcdef';

/** A simulator in this process and a caller of it. */
export interface TestSimulator extends SimulatorClient, AsyncDisposable {
  readonly running: RunningSimulator;
  readonly url: string;
}

/** Starts a simulator with one account, without limits unless they are given; it stops with the test. */
export async function openSimulator(
  options: Partial<SimulatorOptions> = {},
): Promise<TestSimulator> {
  const running = await startSimulator({ apikeys: [simulatorKey], limits: 'off', ...options });
  return {
    ...createSimulatorClient(running.url, simulatorKey),
    running,
    url: running.url,
    [Symbol.asyncDispose]: async () => await running.stop(),
  };
}

/** An order as a gateway sends it. */
export function order(changes: object = {}): object {
  return {
    strategy: 'T',
    symbol: 'SBIN',
    exchange: 'NSE',
    action: 'BUY',
    quantity: '5',
    pricetype: 'MARKET',
    product: 'MIS',
    ...changes,
  };
}

/** A smart order to a target. */
export function smartOrder(target: number, changes: object = {}): object {
  return order({ position_size: String(target), quantity: '0', ...changes });
}

/** Signed shares that `/openposition` shows. */
export async function positionOf(simulator: SimulatorClient, symbol = 'SBIN'): Promise<unknown> {
  const about = { strategy: 'T', symbol, exchange: 'NSE', product: 'MIS' };
  return (await simulator.post('openposition', about)).body['quantity'];
}

/** Rows of the order book. */
export async function orderRows(
  simulator: SimulatorClient,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { body } = await simulator.post('orderbook');
  return (body['data'] as { orders: readonly Record<string, unknown>[] }).orders;
}
