import { randomUUID } from 'node:crypto';
import type { Db } from '@orderlane/db/open-db';
import { insertMapping } from '@orderlane/db/strategies';
import { brandIds, type OrderId, type WebhookId } from '@orderlane/domain/ids';
import type { EndedClosing } from '@orderlane/scheduler/carry-out-closing';
import { createSignalStore, type SignalStore } from '@orderlane/signals/store-together';
import { makeAccount, makeStrategy } from '../../support/factories.ts';
import { makeWorld, type World } from '../clients/world.ts';
import { type Broker, createBroker } from './broker.ts';
import { strategies } from './script.ts';

/** A Tuesday morning: no session ends while a model runs. */
export const marketTime = Temporal.ZonedDateTime.from('2026-02-10T10:00[Asia/Kolkata]');

/** The markets as every client knows them. */
export const market = { calendar: new Map<string, never>(), isAuctionStock: () => false };

/** One account with a broker, and strategies of scope strategy whose closings are worked on. */
export interface PositionWorld extends World {
  broker: Broker;
  /** As an ingress has one for all its calls. */
  signalStore: SignalStore;
  webhookIds: WebhookId[];
  /** How closings ended, in their order. */
  endings: { closingId: string; status: EndedClosing['status']; at: number }[];
  /** Entries that were given up as absent although the broker had them. */
  overlooked: Set<OrderId>;
}

export async function makePositionWorld(db: Db): Promise<PositionWorld> {
  const accountId = await makeAccount(db);
  const webhookIds: WebhookId[] = [];
  const strategyIds: World['strategyIds'] = [];
  for (const { mode, symbols } of strategies) {
    const webhookId = brandIds.webhook(randomUUID());
    const strategyId = await makeStrategy(db, {
      ...{ account_id: accountId, webhook_id: webhookId, trading_mode: mode },
      ...{ position_scope: 'strategy', duplicate_window_ms: 0, max_orders_per_day: 1_000_000 },
    });
    for (const symbol of symbols) {
      const mapping = { strategyId, signalSymbol: symbol, symbol, quantity: 10 };
      await insertMapping(db, { ...mapping, exchange: 'NSE', product: 'MIS' });
    }
    webhookIds.push(webhookId);
    strategyIds.push(strategyId);
  }
  const world = makeWorld({ db, accountId, strategyIds, instruments: [] });
  const broker = createBroker(world.log.tick);
  return {
    ...world,
    signalStore: createSignalStore({ db, commitsAtOnce: 3 }),
    ...{ broker, webhookIds, endings: [], overlooked: new Set() },
    onPlaced: broker.place,
    shownTo: async (orderId, chance) => await shownTo({ db, broker }, { orderId, chance }),
  };
}

type BrokerParts = Pick<PositionWorld, 'db' | 'broker'>;

/** An executor reads the book before an exit; of three reads, two come to nothing in time. */
async function shownTo(
  parts: BrokerParts,
  { orderId, chance }: { orderId: OrderId; chance: number },
): Promise<number | null> {
  if (chance % 3 !== 0) return null;
  const { symbol, own_target } = await parts.db
    .selectFrom('orders')
    .select(['symbol', 'own_target'])
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow();
  return own_target === null ? null : ((await netOf(parts)).get(symbol) ?? 0);
}

/** The account's net position in each symbol that was ever traded (signed shares). */
export async function netOf({ db, broker }: BrokerParts): Promise<Map<string, number>> {
  const trades = [...broker.trades];
  const net = new Map<string, number>();
  if (trades.length === 0) return net;
  const rows = await db
    .selectFrom('orders')
    .select(['id', 'symbol', 'action'])
    .where('id', 'in', [...new Set(trades.map(({ orderId }) => orderId))])
    .execute();
  const orders = new Map(rows.map((row) => [row.id, row]));
  for (const { orderId, quantity } of trades) {
    const order = orders.get(orderId);
    if (order === undefined) throw new Error(`Order ${orderId} is not stored`);
    const signed = order.action === 'BUY' ? quantity : -quantity;
    net.set(order.symbol, (net.get(order.symbol) ?? 0) + signed);
  }
  return net;
}
