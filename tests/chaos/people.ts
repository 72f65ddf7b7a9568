import type { Db } from '@orderlane/db/open-db';
import { testSecretKey } from '../support/accounts.ts';
import { commandLine } from '../support/command-line.ts';
import type { AskedOrder } from './evidence/evidence.ts';
import { readCalls } from './evidence/read-calls.ts';
import type { Ground } from './fleet/open-ground.ts';
import type { Timeline } from './timeline.ts';

/** What the people of a run work with: OpenAlgo's pages, and Orderlane's command line. */
export interface PeopleParts {
  ground: Ground;
  db: Db;
  timeline: Timeline;
  /** The accounts at OpenAlgo. */
  apiKeys: readonly string[];
}

/** Every second order that waits in the Action Center is approved, the others are rejected. */
export async function decidePending({ ground, apiKeys, timeline }: PeopleParts): Promise<void> {
  const { accounts } = await ground.simulator.control('GET accounts');
  for (const [index, { pending }] of (accounts as { pending: number[] }[]).entries()) {
    for (const id of pending) {
      const decision = id % 2 === 0 ? 'approve' : 'reject';
      await ground.simulator.control('POST pending', { apikey: apiKeys[index], id, decision });
      timeline.add('fault', `a person decides: ${decision} pending order ${id}`);
    }
  }
}

/** Cancels at the broker what still rests there to enter; exits that rest are Orderlane's to cancel. */
export async function cancelResting({ ground, db, apiKeys, timeline }: PeopleParts): Promise<void> {
  const rows = await db
    .selectFrom('orders')
    .select(['account_id', 'broker_order_id'])
    .where('role', '=', 'exit')
    .where('broker_order_id', 'is not', null)
    .execute();
  const accounts = await db.selectFrom('openalgo_accounts').select('id').orderBy('id').execute();
  for (const [index, apikey] of apiKeys.entries()) {
    const own = rows.filter(({ account_id }) => account_id === accounts[index]?.id);
    const exits = new Set(own.map(({ broker_order_id }) => broker_order_id));
    const { live } = await ground.simulator.control('POST books', { apikey });
    const { orders } = live as { orders: { orderid: string; status: string }[] };
    for (const { orderid, status } of orders) {
      if (status !== 'open' || exits.has(orderid)) continue;
      await ground.simulator.post('cancelorder', { apikey, orderid, strategy: 'by hand' });
      timeline.add('fault', `a person cancels ${orderid} at the broker`);
    }
  }
}

/** The orders that only a person can settle, and whether one was asked. */
export async function listAsked(db: Db): Promise<AskedOrder[]> {
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'status'])
    .select(({ selectFrom, exists }) =>
      exists(selectFrom('alerts').whereRef('alerts.order_id', '=', 'orders.id')).as('isAsked'),
    )
    .where('status', 'in', ['indeterminate', 'awaiting_approval'])
    .execute();
  return rows.map(({ id, status, isAsked }) => ({ id, status, isAsked: Boolean(isAsked) }));
}

/** Somebody looks at the broker's own pages and says what became of each order. */
export async function answerQuestions(
  parts: PeopleParts,
  asked: readonly Pick<AskedOrder, 'id'>[],
): Promise<void> {
  if (asked.length === 0) return;

  const calls = await readCalls(parts.ground.simulator);
  const { databaseUrl } = parts.ground.postgres;
  const cli = commandLine({ DATABASE_URL: databaseUrl, ORDERLANE_SECRET_KEY: testSecretKey });
  for (const { id } of asked) {
    const [placed] = calls.flatMap(({ orderId, executed }) => (orderId === id ? executed : []));
    const said = placed === undefined ? ['--not-placed'] : ['--placed', placed];
    const { code, stderr } = await cli.run(['orders', 'settle', id, ...said]);
    const came = code === 0 ? 'done' : stderr.trim();
    parts.timeline.add('run', `a person settles ${id} ${said.join(' ')}: ${came}`);
  }
}
