import { z } from '@hono/zod-openapi';
import {
  listBookRowsBeside,
  listExecutions,
  listOrderEvents,
  pageOrders,
} from '@orderlane/db/order-list';
import { orderStatuses } from '@orderlane/domain/order';
import { orderData } from '@orderlane/manage/order-data';
import { fateData, getOrder, settleOrder } from '@orderlane/manage/settle-order';
import { createApi, ok, route, success } from '../http/api.ts';
import { markOf, okPage, pageOf, pageQuery, readMark } from '../http/cursor.ts';
import { jsonBody } from '../http/json-body.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction, managerOf } from '../http/manager.ts';
import { instant } from '../schemas/common.ts';
import { filters, spanOf } from '../schemas/filter.ts';
import { order, orderStory } from '../schemas/order.ts';

const tags = ['orders'];
const params = z.object({ id: z.uuid() });

const list = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/orders',
    tags,
    summary: 'Orders and what became of them',
    description: 'The newest first, page by page.',
    request: {
      query: pageQuery.extend({
        ...filters,
        status: z.enum(orderStatuses).optional(),
        role: z.enum(['entry', 'exit']).optional(),
      }),
    },
    responses: okPage(order, 'A page of orders.'),
  },
);

const show = route(
  { access: 'read', errors: ['unknown_order'] },
  {
    method: 'get',
    path: '/orders/{id}',
    tags,
    summary: 'One order with its story',
    description: 'Every move, and every attempt with what OpenAlgo answered.',
    request: { params },
    responses: ok(orderStory, 'The order.'),
  },
);

const beside = route(
  { access: 'read', errors: ['unknown_order'] },
  {
    method: 'get',
    path: '/orders/{id}/candidates',
    tags,
    summary: 'Rows of the order book that might be an order',
    description:
      "Today's rows of the account for the same symbol, as they were last read: to decide about an order whose fate is unknown.",
    request: { params },
    responses: ok(
      z.array(
        z.object({
          broker_order_id: z.string(),
          action: z.string(),
          quantity: z.number(),
          product: z.string(),
          status: z.string(),
          filled_quantity: z.number(),
          broker_time: z.string().nullable(),
          first_seen_at: instant,
          order_id: z.string().nullable().meta({ description: 'Whose it is known to be.' }),
          looks_like_it: z.boolean(),
        }),
      ),
      'The rows.',
    ),
  },
);

const settle = route(
  {
    access: 'trade',
    errors: ['unknown_order', 'bad_decision', 'not_indeterminate', 'broker_order_taken'],
  },
  {
    method: 'post',
    path: '/orders/{id}/settle',
    tags,
    summary: 'Say what became of an order',
    description:
      'Of one whose fate Orderlane cannot find out: its number at the broker, or that it was not placed. It is never sent again.',
    request: {
      params,
      ...jsonBody(
        z.strictObject({
          placed: z.string().max(100).optional().meta({ description: 'The number at the broker.' }),
          not_placed: z.boolean().default(false),
        }),
      ),
    },
    responses: ok(
      z.object({
        id: z.string(),
        status: z.enum(orderStatuses),
        broker_order_id: z.string().nullable(),
        code: z.string().nullable(),
        reason: z.string().nullable(),
      }),
      'What it is now.',
    ),
  },
);

export function createOrderRoutes(deps: ManageDeps) {
  const { db, lanes } = deps;
  return createApi()
    .openapi(list, async (context) => {
      const { cursor, limit, strategy, account, from, to, ...rest } = context.req.valid('query');
      const { tenant } = managerOf(db, context);
      const ids = { strategyId: strategy, accountId: account };
      const filter = { ...rest, ...ids, ...spanOf({ from, to }), tenant };
      const page = { behind: readMark(cursor), limit: limit + 1 };
      const rows = await pageOrders(db, filter, page);
      return context.json(pageOf(rows, limit, { show: orderData, cursor: markOf }), 200);
    })
    .openapi(show, async (context) => {
      const found = await getOrder(managerOf(db, context), context.req.valid('param').id);
      const events = await listOrderEvents(db, found.id);
      const executions = await listExecutions(db, found.id);
      const story = {
        ...orderData(found),
        events: events.map(({ order_id: _order, ...event }) => event),
        executions: executions.map(({ order_id: _order, ...execution }) => execution),
      };
      return context.json(success(story), 200);
    })
    .openapi(beside, async (context) => {
      const found = await getOrder(managerOf(db, context), context.req.valid('param').id);
      const rows = await listBookRowsBeside(db, found);
      return context.json(success(rows.map((row) => showBeside(found, row))), 200);
    })
    .openapi(settle, async (context) => {
      const { placed, not_placed: notPlaced } = context.req.valid('json');
      const decision = { order: context.req.valid('param').id, placed, notPlaced };
      const settled = await inTransaction(db, context, async (manager) => {
        return await settleOrder(manager, decision);
      });
      lanes.wake(settled.woken);
      return context.json(success(fateData(settled.order)), 200);
    });
}

type Found = Awaited<ReturnType<typeof getOrder>>;

function showBeside(
  found: Pick<Found, 'id' | 'action' | 'product' | 'quantity' | 'target_position'>,
  row: Awaited<ReturnType<typeof listBookRowsBeside>>[number],
) {
  const isFree = row.ownerId === null || row.ownerId === found.id;
  const isSame = row.action === found.action && row.product === found.product;
  // OpenAlgo computed the quantity of a smart order.
  const isAsMuch = found.target_position !== null || row.quantity === found.quantity;
  return {
    broker_order_id: row.broker_order_id,
    ...{ action: row.action, quantity: row.quantity, product: row.product, status: row.status },
    filled_quantity: row.filled_quantity,
    broker_time: row.broker_time,
    first_seen_at: row.first_seen_at.toISOString(),
    order_id: row.ownerId,
    looks_like_it: isFree && isSame && isAsMuch,
  };
}
