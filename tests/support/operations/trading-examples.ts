import { randomUUID } from 'node:crypto';
import type { AccountId, OrderId, StrategyId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import { type Example, type Examples, fixed, list } from './example.ts';
import { ownedBy, plantedKey, type Scene } from './scene.ts';

export const accountExamples: Examples = {
  'GET /accounts': list('/accounts', nothingMore),
  'GET /accounts/new': fixed('/accounts/new'),
  'POST /accounts/new': {
    of: 'whoever',
    ask: async ({ db }) => {
      // One OpenAlgo and key are one account.
      const other = { api_key_fingerprint: sql<string>`gen_random_uuid()` };
      await db.updateTable('openalgo_accounts').set(other).where('name', 'like', 'new %').execute();
      const name = `new ${randomUUID().slice(0, 8)}`;
      return { path: '/accounts/new', body: { name, api_key: plantedKey } };
    },
  },
  'GET /accounts/{id}': account((id) => ({ path: `/accounts/${id}` })),
  'GET /accounts/{id}/edit': account((id) => ({ path: `/accounts/${id}/edit` })),
  'POST /accounts/{id}/edit': account((id) => ({
    path: `/accounts/${id}/edit`,
    body: { order_rate: '5 per second' },
  })),
  'POST /accounts/{id}/delete': account((id) => ({ path: `/accounts/${id}/delete` })),
  'POST /accounts/{id}/test': account((id) => ({ path: `/accounts/${id}/test` })),
  'POST /accounts/{id}/pause': account((id) => ({
    path: `/accounts/${id}/pause`,
    body: { reason: 'holiday' },
  })),
  'POST /accounts/{id}/resume': account(async (id, { asha }) => {
    await asha.post(`/accounts/${id}/pause`, {});
    return { path: `/accounts/${id}/resume` };
  }),
  'POST /accounts/{id}/trading-on': {
    of: 'asha',
    ask: async (scene) => {
      const id = await scene.newAccount({ mode: 'live' });
      const { body } = await scene.asha.get(`/accounts/${id}`);
      const { live_sentence: sentence } = body['data'] as { live_sentence: string };
      return { path: `/accounts/${id}/trading-on`, body: { sentence } };
    },
  },
  'GET /accounts/{id}/search': account((id) => ({
    path: `/accounts/${id}/search?query=SBIN&exchange=NSE`,
  })),
  'GET /accounts/{id}/positions': account((id) => ({ path: `/accounts/${id}/positions` })),
};

export const strategyExamples: Examples = {
  'GET /strategy': list('/strategy', nothingMore),
  'GET /strategy/new': fixed('/strategy/new'),
  'POST /strategy/new': {
    of: 'asha',
    ask: async (scene) => ({
      path: '/strategy/new',
      body: {
        ...{ name: `asha ${randomUUID().slice(0, 8)}`, account_id: await scene.newAccount() },
        ...{ platform: 'tradingview', trading_mode: 'LONG' },
      },
    }),
  },
  'GET /strategy/{id}': strategy(({ id }) => ({ path: `/strategy/${id}` })),
  'GET /strategy/{id}/square-off': strategy(({ id }) => ({ path: `/strategy/${id}/square-off` })),
  'GET /strategy/{id}/edit': strategy(({ id }) => ({ path: `/strategy/${id}/edit` })),
  'POST /strategy/{id}/edit': strategy(({ id }) => ({
    path: `/strategy/${id}/edit`,
    body: { max_orders_per_day: 20 },
  })),
  'POST /strategy/{id}/toggle': strategy(({ id }) => ({
    path: `/strategy/${id}/toggle`,
    body: {},
  })),
  'POST /strategy/{id}/delete': strategy(({ id }) => ({
    path: `/strategy/${id}/delete`,
    body: {},
  })),
  'POST /strategy/{id}/exit': strategy(async ({ id, scene }) => {
    await ownedBy(scene, id, 10);
    return { path: `/strategy/${id}/exit`, body: {} };
  }),
  'POST /strategy/{id}/rotate': strategy(({ id }) => ({ path: `/strategy/${id}/rotate` })),
  'POST /strategy/{id}/secret': strategy(({ id }) => ({
    path: `/strategy/${id}/secret`,
    body: {},
  })),
  'POST /strategy/{id}/position': strategy(({ id }) => ({
    path: `/strategy/${id}/position`,
    body: { instrument: 'NSE:SBIN:MIS', own: '10', mode: 'analyze' },
  })),
  'POST /strategy/{id}/try': strategy(({ id }) => ({
    path: `/strategy/${id}/try`,
    body: { body: { symbol: 'SBIN', action: 'BUY' }, at: '2026-02-10T10:00:00+05:30' },
  })),
  'POST /strategy/{id}/send': strategy(({ id }) => ({
    path: `/strategy/${id}/send`,
    body: { body: '{"symbol":"SBIN","action":"BUY"}', signal_id: randomUUID() },
  })),
};

export const mappingExamples: Examples = {
  'GET /strategy/{id}/symbols': strategy(({ id }) => ({ path: `/strategy/${id}/symbols` })),
  'POST /strategy/{id}/symbols': strategy(({ id }) => ({
    path: `/strategy/${id}/symbols`,
    body: { symbol: 'INFY', exchange: 'NSE', product: 'MIS', quantity: 1 },
  })),
  'GET /strategy/{id}/symbols/export': strategy(({ id }) => ({
    path: `/strategy/${id}/symbols/export`,
  })),
  'POST /strategy/{id}/symbols/{mappingId}/edit': strategy(({ id, mappingId }) => ({
    path: `/strategy/${id}/symbols/${mappingId}/edit`,
    body: { symbol: 'SBIN', exchange: 'NSE', product: 'CNC', quantity: 5 },
  })),
  'POST /strategy/{id}/symbols/{mappingId}/delete': strategy(({ id, mappingId }) => ({
    path: `/strategy/${id}/symbols/${mappingId}/delete`,
    body: {},
  })),
};

export const orderExamples: Examples = {
  'GET /orders': list('/orders', async (scene) => void (await scene.newOrder())),
  'GET /orders/{id}': order((id) => ({ path: `/orders/${id}` })),
  'POST /orders/{id}/settle': {
    of: 'asha',
    ask: async (scene) => ({
      path: `/orders/${await scene.newIndeterminateOrder()}/settle`,
      body: { not_placed: true },
    }),
  },
  'GET /orders/{id}/candidates': order(async (id, { db }) => {
    const made = db.selectFrom('orders').selectAll().where('id', '=', id);
    const { account_id, exchange, symbol, product } = await made.executeTakeFirstOrThrow();
    const row = { account_id, exchange, symbol, product, action: 'BUY', quantity: 10 } as const;
    const seen = { broker_order_id: '2602100001', mode: 'live', status: 'complete' } as const;
    await db
      .insertInto('broker_orders')
      .values({ ...row, ...seen, status_since: new Date() })
      .execute();
    return { path: `/orders/${id}/candidates` };
  }),
  'GET /today': fixed('/today'),
  'GET /events': fixed('/events'),
  'GET /signals': list('/signals', async (scene) => void (await scene.newOrder())),
  'GET /signals/{id}': order(async (id, scene) => ({
    path: `/signals/${await signalOf(scene, id)}`,
  })),
  'POST /signals/{id}/replay': order(async (id, scene) => ({
    path: `/signals/${await signalOf(scene, id)}/replay`,
    body: {},
  })),
};

async function nothingMore(): Promise<void> {}

type Made<Id> = (id: Id, scene: Scene) => ReturnType<Example['ask']>;

function account(ask: Made<AccountId>): Example {
  return { of: 'asha', ask: async (scene) => await ask(await scene.newAccount(), scene) };
}

function order(ask: Made<OrderId>): Example {
  return { of: 'asha', ask: async (scene) => await ask(await scene.newOrder(), scene) };
}

function strategy(
  ask: (of: { id: StrategyId; mappingId: number; scene: Scene }) => ReturnType<Example['ask']>,
): Example {
  return {
    of: 'asha',
    ask: async (scene) => {
      const { strategyId: id, mappingId } = await scene.newStrategy();
      return await ask({ id, mappingId, scene });
    },
  };
}

async function signalOf({ db }: Scene, orderId: OrderId): Promise<string | null> {
  const found = db.selectFrom('orders').select('signal_id').where('id', '=', orderId);
  return (await found.executeTakeFirstOrThrow()).signal_id;
}
