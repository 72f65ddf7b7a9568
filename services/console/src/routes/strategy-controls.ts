import { z } from '@hono/zod-openapi';
import { changeActivity, removeStrategy } from '@orderlane/manage/change-strategy';
import { closingData, exitStrategy } from '@orderlane/manage/exit-strategy';
import { getStrategy } from '@orderlane/manage/find-owned';
import { rotateWebhook, setSharedSecret } from '@orderlane/manage/webhook-access';
import { newSharedSecret } from '@orderlane/runtime/shared-secret';
import { createApi, ok, route, success } from '../http/api.ts';
import type { ConsoleContext } from '../http/console-env.ts';
import { jsonBody } from '../http/json-body.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction } from '../http/manager.ts';
import { readCalendar } from '../http/read-calendar.ts';
import { held, heldInstrument, heldOutcome, strategyParams as params } from '../schemas/common.ts';
import { tradedStrategy } from '../schemas/strategy.ts';
import { showHeld, showOutcome, showStrategy } from '../schemas/strategy-data.ts';

const tags = ['strategies'];

const toggled = z.object({
  id: z.number(),
  name: z.string(),
  is_active: z.boolean(),
  exits_only: z.boolean(),
  still_open: z.array(heldInstrument),
  closing: z.boolean().meta({ description: 'What was open is being closed.' }),
});

const toggle = route(
  {
    access: 'trade',
    errors: ['unknown_strategy', 'invalid_strategy', 'position_shared', 'holds_position'],
  },
  {
    method: 'post',
    path: '/strategy/{id}/toggle',
    tags,
    summary: 'Turn a strategy on or off',
    description:
      'Without `to`: to what it is not, where that leaves nothing open. `off` refuses every signal, exits included, and voids queued entries; `exits_only` refuses entries and lets exits pass; `close` is `off` and closes what it holds.',
    request: {
      params,
      body: {
        content: {
          'application/json': {
            schema: z.strictObject({ to: z.enum(['on', 'off', 'exits_only', 'close']).optional() }),
          },
        },
      },
    },
    responses: ok(toggled, 'What it is now, and what stays open.'),
  },
);

const remove = route(
  { access: 'trade', errors: ['unknown_strategy', 'orders_on_their_way'] },
  {
    method: 'post',
    path: '/strategy/{id}/delete',
    tags,
    summary: 'Delete a strategy',
    description:
      'Its signals and orders stay as history. One that holds something takes exits alone and goes once it is flat, unless that is to be forgotten.',
    request: {
      params,
      body: { content: { 'application/json': { schema: z.strictObject({ held }).partial() } } },
    },
    responses: ok(
      z.object({
        id: z.number(),
        name: z.string(),
        deleted: z.boolean().meta({ description: 'False: it goes once it is flat.' }),
        ...heldOutcome,
      }),
      'Deleted, or about to be.',
    ),
  },
);

const exit = route(
  { access: 'trade', errors: ['unknown_strategy', 'nothing_to_exit'] },
  {
    method: 'post',
    path: '/strategy/{id}/exit',
    tags,
    summary: 'Close what a strategy holds',
    description:
      'Now, whether or not it is active: one symbol or everything. Each closing is driven to a proved end.',
    request: {
      params,
      ...jsonBody(z.strictObject({ symbol: z.string().max(100).optional() })),
    },
    responses: ok(
      z.object({
        closings: z.array(
          z.object({
            exchange: z.string(),
            symbol: z.string(),
            product: z.string(),
            lane: z.string(),
            action: z.string(),
            quantity: z.number(),
            order_id: z.string().optional(),
          }),
        ),
        already_closing: z.array(z.string()),
      }),
      'The closings that were opened.',
    ),
  },
);

const rotate = route(
  { access: 'trade', errors: ['unknown_strategy'] },
  {
    method: 'post',
    path: '/strategy/{id}/rotate',
    tags,
    summary: 'Give the webhook another address',
    description: 'The old address is unknown from then on: paste the new one into every alert.',
    request: { params },
    responses: ok(tradedStrategy, 'The strategy with its new address.'),
  },
);

const secret = route(
  { access: 'trade', errors: ['unknown_strategy', 'invalid_strategy'] },
  {
    method: 'post',
    path: '/strategy/{id}/secret',
    tags,
    summary: 'Set the shared secret of the webhook',
    description:
      'What senders must say as the field `secret` of the message or as the header `X-Webhook-Secret`. Left out: one is made, and answered this once. Null: none is asked for any more. Only a hash is kept.',
    request: {
      params,
      ...jsonBody(z.strictObject({ secret: z.string().max(200).nullish() })),
    },
    responses: ok(
      z.object({ secret: z.string().nullable(), has_shared_secret: z.boolean() }),
      'The secret, if it was made here.',
    ),
  },
);

export function createStrategyControlRoutes(deps: ManageDeps) {
  const { db, lanes } = deps;
  return createApi()
    .openapi(toggle, async (context) => {
      const { id } = context.req.valid('param');
      const { to } = context.req.valid('json');
      return context.json(success(await toggleTo(deps, context, { id, to })), 200);
    })
    .openapi(remove, async (context) => {
      const { id: strategyId } = context.req.valid('param');
      const asked = { choice: context.req.valid('json').held ?? 'keep', now: deps.now() };
      const removed = await inTransaction(db, context, async (manager) => {
        return await removeStrategy(manager, { strategyId, asked });
      });
      lanes.wake(removed.closings.orders);
      const { id, name, isGone: deleted } = removed;
      return context.json(success({ id, name, deleted, ...showOutcome(removed) }), 200);
    })
    .openapi(exit, async (context) => {
      const { id } = context.req.valid('param');
      const { symbol } = context.req.valid('json');
      const opened = await inTransaction(db, context, async (manager) => {
        const found = await getStrategy(manager, id);
        const calendar = await readCalendar(manager.db);
        const asked = { strategy: found, symbol, now: deps.now(), calendar };
        return await exitStrategy(manager, asked);
      });
      lanes.wake(opened.orders);
      return context.json(success(closingData(opened)), 200);
    })
    .openapi(rotate, async (context) => {
      const { id } = context.req.valid('param');
      const rotated = await inTransaction(db, context, async (manager) => {
        return await rotateWebhook(manager, id);
      });
      return context.json(success(await showStrategy(deps, rotated)), 200);
    })
    .openapi(secret, async (context) => {
      const { id: strategyId } = context.req.valid('param');
      const given = context.req.valid('json').secret;
      const wanted = given === undefined ? newSharedSecret() : given;
      await inTransaction(db, context, async (manager) => {
        return await setSharedSecret(manager, { strategyId, secret: wanted });
      });
      const shown = given === undefined ? wanted : null;
      return context.json(success({ secret: shown, has_shared_secret: wanted !== null }), 200);
    });
}

type ToggleTarget = 'on' | 'off' | 'exits_only' | 'close' | undefined;

async function toggleTo(
  deps: ManageDeps,
  context: ConsoleContext,
  { id: strategyId, to }: { id: Parameters<typeof rotateWebhook>[1]; to: ToggleTarget },
) {
  const closesNow = to === 'close';
  const asked = { strategyId, closesNow, to: closesNow ? 'off' : to, now: deps.now() } as const;
  const toggledNow = await inTransaction(deps.db, context, async (manager) => {
    return await changeActivity(manager, asked);
  });
  const { id, name, activity, stillOpen, closings } = toggledNow;
  deps.lanes.wake(closings?.orders ?? []);
  return {
    ...{ id, name, is_active: activity !== 'off', exits_only: activity === 'exits_only' },
    still_open: showHeld(stillOpen),
    closing: (closings?.exits.length ?? 0) + (closings?.joined.length ?? 0) > 0,
  };
}
