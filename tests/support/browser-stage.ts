import { poll } from '@orderlane/local/poll';
import type { Fault } from '@orderlane/simulator/faults/fault';
import { startConsole } from './console.ts';
import { dataOf } from './console-fixtures.ts';
import { fastClosings, fastScheduler } from './fast-scheduler.ts';
import type { Caller } from './here-console.ts';
import { postWebhook } from './ingress.ts';
import { placing } from './place-calls.ts';
import { openStack, type Stack } from './stack.ts';

/** The administrator that the console of tests begins with. */
export const stageAdmin = { email: 'admin@example.com' };

export interface Stage extends AsyncDisposable {
  readonly stack: Stack;
  /** Of the console. */
  readonly url: string;
  readonly admin: Caller;
  /** Posts a signal as a sender does, and answers what the sender is told. */
  signal(webhookId: string, body: Record<string, unknown>): Promise<Record<string, unknown>>;
  newStrategy(wish?: StrategyWish): Promise<MadeStrategy>;
  /** What happens to the next calls that place an order. */
  fault(value: Fault): void;
  /** Waits until an order of this symbol has this status; answers its id. */
  orderOf(symbol: string, status: string): Promise<string>;
}

interface StrategyWish extends Record<string, unknown> {
  name?: string;
  symbols?: string[];
}

interface MadeStrategy {
  id: number;
  name: string;
  webhook_id: string;
}

/** Every process of the system, real, with an account at the simulator. */
export async function openStage(env: Record<string, string> = {}): Promise<Stage> {
  const all = new AsyncDisposableStack();
  const waits = { ...fastScheduler, ...fastClosings, BOOKS_IDLE_MS: '300', ...env };
  const stack = all.use(await openStack({ env: waits }));
  const [ingress] = await Promise.all([
    stack.start('ingress'),
    stack.start('executor'),
    stack.start('scheduler'),
  ]);
  const console = all.use(await startConsole(stack.parts, stageTimes));
  await stack.db.updateTable('openalgo_accounts').set({ name: 'Main' }).execute();
  const orderOf: Stage['orderOf'] = async (symbol, status) => {
    const find = stack.db.selectFrom('orders').select('id').where('symbol', '=', symbol);
    const look = async () =>
      (await find.where('status', '=', status as 'filled').executeTakeFirst())?.id;
    return await poll(look, { what: `an order of ${symbol} that is ${status}`, withinMs: 30_000 });
  };
  return {
    stack,
    url: console.url,
    admin: console.admin,
    orderOf,
    signal: async (webhookId, body) =>
      (await postWebhook(ingress.url, { webhookId, body })).body as Record<string, unknown>,
    newStrategy: async (wish) => await makeStrategyBy(console.admin, stack, wish),
    fault: (value) => void stack.simulator.simulator.faults.add({ endpoints: placing, ...value }),
    [Symbol.asyncDispose]: async () => await all.disposeAsync(),
  };
}

/** The trading clock of the other processes, and no limit that a test would meet. */
const stageTimes = {
  TRADING_CLOCK: '2026-02-10T10:00:00+05:30',
  STRATEGY_RATE_LIMIT: '10000 per minute',
  SIGN_IN_RATE_LIMIT: '1000 per minute',
};

const intraday = {
  is_intraday: true,
  start_time: '09:20',
  end_time: '15:00',
  squareoff_time: '15:10',
};

async function makeStrategyBy(
  admin: Caller,
  { accountId }: Stack,
  { symbols = ['SBIN'], ...wish }: StrategyWish = {},
): Promise<MadeStrategy> {
  const form = {
    ...{ name: 'Morning breakout', account_id: accountId, platform: 'tradingview' },
    ...{ trading_mode: 'LONG', position_scope: 'strategy', ...intraday, ...wish },
  };
  const made = dataOf<MadeStrategy>(await admin.post('/strategy/new', form));
  const product = form.is_intraday ? 'MIS' : 'CNC';
  for (const symbol of symbols) {
    const mapping = { symbol, exchange: 'NSE', product, quantity: 10 };
    dataOf(await admin.post(`/strategy/${made.id}/symbols`, mapping));
  }
  return made;
}
