import type { OrderId } from '@orderlane/domain/ids';
import type { OrderStatus } from '@orderlane/domain/order';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import type { Fault } from '@orderlane/simulator/faults/fault';
import { storeOrder } from '../factories.ts';
import { fillsOf } from '../follow.ts';
import { placing } from '../place-calls.ts';
import type { Stack } from '../stack.ts';
import { seedOn } from '../store-many.ts';

/** What a fault must lead to, however it comes to it. */
export interface FaultCase {
  name: string;
  /** Plays it on an instrument of its own; answers with the order that met it. */
  play(stage: Stage): Promise<OrderId>;
  /** Where the order ends, or stays for a person. */
  outcome: OrderStatus;
  /** Orders that the broker had of it. */
  executed: 0 | 1;
  /** Of an alert about the order. */
  alert?: string;
  /** Of the answer; live where it is not given and something was executed. */
  mode?: 'live' | 'analyze';
  /** Shares that filled; all ten where they are not given and it was filled. */
  filled?: number;
}

export interface Stage {
  stack: Stack;
  symbol: string;
  /** Sets a fault for the calls of this case's instrument. */
  fault(fault: Fault): number;
  /** Ends a fault that was set. */
  mend(id: number): void;
  send(plan?: Partial<OrderPlan>): Promise<OrderId>;
  until(id: OrderId, status: OrderStatus): Promise<void>;
}

const patienceMs = 40_000;

export function openStage(stack: Stack, symbol: string): Stage {
  const { faults } = stack.simulator.simulator;
  return {
    stack,
    symbol,
    // What is asked of a symbol before an order is placed must not meet what is meant for the order.
    fault: (fault) =>
      faults.add(fault.symbol === undefined ? fault : { endpoints: placing, ...fault }),
    mend: (id) => faults.remove(id),
    async send(plan = {}) {
      const instrument = { exchange: 'NSE', symbol, product: 'MIS' } as const;
      return await storeOrder(await seedOn(stack), { expiresInMs: 300_000, instrument, ...plan });
    },
    until: async (id, status) =>
      await untilSo(
        `${symbol} is ${status}`,
        async () => (await fillsOf(stack, id)).status === status,
      ),
  };
}

export async function untilSo(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`It never came to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** An entry whose call meets the fault, once. */
export function entry(
  fault: Fault,
  expected: Omit<FaultCase, 'name' | 'play'>,
  name = '',
): FaultCase {
  return {
    name,
    ...expected,
    async play(stage) {
      stage.fault({ ...fault, times: 1, symbol: stage.symbol });
      return await stage.send();
    },
  };
}

/** Reads of the books meet the fault until `while_` is over: they must prove nothing. */
export function unread(fault: Fault): FaultCase {
  return {
    name: 'a lost answer stays open until a read can be believed',
    outcome: 'filled',
    executed: 1,
    async play(stage) {
      const id = stage.fault({ ...fault, endpoints: ['orderbook'] });
      stage.fault({ kind: 'reset_after', times: 1, symbol: stage.symbol });
      const order = await stage.send();
      await stage.until(order, 'indeterminate');
      await untilReadInVain(stage);
      await stage.until(order, 'indeterminate');
      stage.mend(id);
      return order;
    },
  };
}

/** Three reads more, so long after the call that an absent row would have counted. */
async function untilReadInVain({ stack }: Stage): Promise<void> {
  const reads = () => stack.simulator.simulator.calls.list({ endpoint: 'orderbook' }).length;
  const before = reads();
  const from = Date.now();
  await untilSo(
    'the books are read in vain',
    async () => await Promise.resolve(reads() >= before + 3 && Date.now() - from > absentAfterMs),
  );
}

export const absentAfterMs = 3000;
