import type { ClaimSettings } from '@orderlane/db/claim';
import type { Db } from '@orderlane/db/open-db';
import type { AccountId, OrderId, StrategyId } from '@orderlane/domain/ids';
import type { Instrument } from '@orderlane/domain/instrument';
import { makeAccount, makeStrategy } from '../../support/factories.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createLog, type Log } from './log.ts';
import { instrumentCount, strategyCount } from './script.ts';

/** The waiting times of the design, divided so that each of them ends many times in a run. */
const quickSettings: ClaimSettings = {
  executor: 'model',
  leaseMs: 60,
  sendWindowMs: 40,
  exitWaitMs: 100,
  smartGapMs: 10,
};

/** One account with what all clients share. */
export interface World {
  db: Db;
  accountId: AccountId;
  strategyIds: StrategyId[];
  instruments: Instrument[];
  settings: ClaimSettings;
  log: Log;
  jobs: Jobs;
  /** The broker, where a model has one: it is told of each order that reaches it. */
  onPlaced?(placed: { orderId: OrderId; quantity: number; needsApproval: boolean }): void;
  /** What an executor reads of the account's position before it claims; null: the book says nothing. */
  shownTo?(orderId: OrderId, chance: number): Promise<number | null>;
  /** Work that goes on beside the clients: calls under way, late answers. */
  tasks: Set<Promise<void>>;
  /** Clients that go on until told otherwise end now. */
  isOver: boolean;
}

/** With nothing done yet. */
export function makeWorld(
  place: Pick<World, 'db' | 'accountId' | 'strategyIds' | 'instruments'>,
): World {
  return {
    ...place,
    settings: quickSettings,
    log: createLog(),
    jobs: createJobs(),
    tasks: new Set(),
    isOver: false,
  };
}

export async function makeOrderWorld(db: Db): Promise<World> {
  const accountId = await makeAccount(db);
  const strategyIds: StrategyId[] = [];
  for (let made = 0; made < strategyCount; made++) {
    strategyIds.push(await makeStrategy(db, { account_id: accountId }));
  }
  const symbols = ['SBIN', 'INFY', 'TCS', 'ITC'].slice(0, instrumentCount);
  const instruments = symbols.map(
    (symbol) => ({ exchange: 'NSE', symbol, product: 'MIS' }) as const,
  );
  return makeWorld({ db, accountId, strategyIds, instruments });
}

/** Does it as a client: an error is written down, it ends nothing. */
export async function attempt<T>(
  world: World,
  doing: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    world.log.faults.push({ doing, error });
    return undefined;
  }
}

/** Goes on beside the client that began it. */
export function beside(world: World, doing: string, work: () => Promise<void>): void {
  const task = attempt(world, doing, work).then(() => {
    world.tasks.delete(task);
  });
  world.tasks.add(task);
}

/** The item at this place, counted around. */
export function at<T>(items: readonly T[], place: number): T {
  const item = items[place % items.length];
  if (item === undefined) throw new Error('There is nothing to choose from');
  return item;
}
