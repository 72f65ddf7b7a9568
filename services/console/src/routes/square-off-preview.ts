import { z } from '@hono/zod-openapi';
import { readAuction } from '@orderlane/db/live-auction';
import { getStrategy } from '@orderlane/manage/find-owned';
import { previewData } from '@orderlane/manage/preview-data';
import { previewSquareOff } from '@orderlane/manage/preview-square-off';
import { createApi, ok, route, success } from '../http/api.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { managerOf } from '../http/manager.ts';
import { readCalendar } from '../http/read-calendar.ts';
import { instant, strategyParams as params } from '../schemas/common.ts';

const instrument = { exchange: z.string(), symbol: z.string(), product: z.string() };

const preview = z.object({
  strategy_id: z.number(),
  strategy: z.string(),
  is_intraday: z.boolean(),
  square_off: z
    .object({
      session_date: z.string(),
      due_at: instant,
      closes_at: instant,
      rule: z.enum(['set_time', 'short_session']).meta({
        description:
          '`short_session`: the session is over by the strategy’s time, so it is as long before the close as on a normal day.',
      }),
      squareoff_time: z.string().nullable(),
      position_scope: z.string(),
    })
    .nullable()
    .meta({
      description:
        'The next one; null: it is positional, or none of its exchanges opens within two weeks.',
    }),
  exits: z
    .array(
      z.object({
        ...{ account_id: z.number(), account: z.string().nullable(), ...instrument },
        lane: z.string(),
        action: z.string(),
        quantity: z.number().nullable().meta({ description: 'Null: all that the account holds.' }),
        own: z.number(),
        coming: z.number(),
        why: z.enum(['held', 'traded']).meta({
          description:
            '`held`: the strategy holds or awaits it; `traded`: it traded it that day, and its exits close what the account holds.',
        }),
        waits_for_mode: z.string().nullable().meta({
          description: 'It was built in this mode, in which OpenAlgo is not now.',
        }),
        held_until: instant.nullable().meta({
          description: 'It is kept back until then, for the closing auction.',
        }),
      }),
    )
    .meta({ description: 'What would be closed as things are now.' }),
  also_if_open: z.array(z.object(instrument)).meta({
    description:
      'Mapped symbols that are closed as well if the account’s position book shows them open at that time; symbol `*` is any.',
  }),
  too_late: z
    .array(z.object(instrument))
    .meta({ description: 'What may be open and has no session any more when it is due.' }),
  obstacles: z
    .array(
      z.object({
        code: z.string(),
        account_id: z.number().nullable(),
        text: z.string(),
        cure: z.string(),
      }),
    )
    .meta({ description: 'What stands in the way now.' }),
  last: z
    .object({
      id: z.number(),
      session_date: z.string(),
      run: z.number(),
      due_time: z.string(),
      status: z.string(),
      exits: z.number(),
    })
    .nullable()
    .meta({ description: 'The newest that has begun.' }),
});

const show = route(
  { access: 'read', errors: ['unknown_strategy'] },
  {
    method: 'get',
    path: '/strategy/{id}/square-off',
    tags: ['square-offs'],
    summary: 'What would be squared off',
    description:
      'The next square-off of a strategy as things are now: when, by which rule, what it closes, and what stands in its way. No book is read for it.',
    request: { params },
    responses: ok(preview, 'The preview.'),
  },
);

export function createSquareOffPreviewRoutes({ db, now, outlook }: ManageDeps) {
  return createApi().openapi(show, async (context) => {
    const { id } = context.req.valid('param');
    const strategy = await getStrategy(managerOf(db, context), id);
    const [calendar, isAuctionStock] = [await readCalendar(db), await readAuction(db)];
    const deps = { db, calendar, isAuctionStock, ...outlook };
    const data = previewData(await previewSquareOff(deps, { strategy, now: now() }));
    return context.json(success(data), 200);
  });
}
