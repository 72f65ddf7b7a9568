import { z } from '@hono/zod-openapi';
import { pageAlerts } from '@orderlane/db/alert-list';
import { pageClosings } from '@orderlane/db/closing-list';
import { pageSquareOffs } from '@orderlane/db/square-off-list';
import { listToldOfClosings, listToldOfSquareOffs } from '@orderlane/db/told-alerts';
import { type RefusalCode, refusalCodes } from '@orderlane/domain/refusal';
import { closingRowData, squareOffRowData } from '@orderlane/manage/closing-data';
import { createApi, route } from '../http/api.ts';
import { markOf, okPage, pageOf, pageQuery, readMark, readNumberMark } from '../http/cursor.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { managerOf } from '../http/manager.ts';
import { instant } from '../schemas/common.ts';
import { filters } from '../schemas/filter.ts';

const toldAlerts = z
  .array(
    z.object({
      code: z.string(),
      text: z.string(),
      at: instant,
      sent_to: z.array(z.string()).meta({ description: 'The targets that took it.' }),
    }),
  )
  .meta({ description: 'The alerts that were raised about it.' });

const squareOffs = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/square-offs',
    tags: ['square-offs'],
    summary: 'Square-offs and how they ended',
    description: 'The newest first: one for each strategy, session date and run.',
    request: {
      query: pageQuery.extend({ strategy: filters.strategy, date: z.iso.date().optional() }),
    },
    responses: okPage(
      z.object({
        id: z.number(),
        strategy_id: z.number(),
        strategy: z.string(),
        session_date: z.string(),
        run: z.number(),
        due_time: z.string(),
        status: z.string(),
        exits: z.number(),
        closings_open: z.number(),
        closings_failed: z.number(),
        preflight: z.array(z.string()).nullable().meta({
          description: 'Codes of what stood in its way before it was due; null: nobody looked.',
        }),
        detail: z.string().nullable(),
        created_at: instant,
        ended_at: instant.nullable(),
        told: toldAlerts,
      }),
      'A page of square-offs.',
    ),
  },
);

const closings = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/closings',
    tags: ['positions'],
    summary: 'Closings and how they ended',
    description:
      'The newest first: each is the work of closing a position, until it is proved flat.',
    request: {
      query: pageQuery.extend({
        strategy: filters.strategy,
        status: z.enum(['open', 'verified', 'nothing_open', 'failed']).optional(),
      }),
    },
    responses: okPage(
      z.object({
        id: z.string(),
        strategy_id: z.number(),
        strategy: z.string(),
        exchange: z.string(),
        symbol: z.string(),
        product: z.string(),
        cause: z.string(),
        status: z.string(),
        scope: z.string(),
        mode: z.string().nullable(),
        target: z.number().meta({ description: 'The own position that is to be left.' }),
        attempts: z.number().meta({ description: 'Orders that were sent for it.' }),
        reason: z.string().nullable().meta({
          description: 'What was said of the last of them that came to nothing.',
        }),
        opened_at: instant,
        closes_at: instant.nullable(),
        ended_at: instant.nullable(),
        detail: z.string().nullable(),
        told: toldAlerts,
      }),
      'A page of closings.',
    ),
  },
);

const alerts = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/alerts',
    tags: ['alerts'],
    summary: 'Alerts',
    description:
      'The newest first. Those about the installation itself are shown to administrators.',
    request: {
      query: pageQuery.extend({
        code: z.enum(Object.keys(refusalCodes) as [RefusalCode, ...RefusalCode[]]).optional(),
      }),
    },
    responses: okPage(
      z.object({
        id: z.number(),
        code: z.string(),
        subject: z.string(),
        text: z.string(),
        at: instant,
        last_at: instant,
        count: z.number(),
        account_id: z.number().nullable(),
        strategy_id: z.number().nullable(),
        order_id: z.string().nullable(),
        signal_id: z.string().nullable(),
        sent_at: instant.nullable(),
      }),
      'A page of alerts.',
    ),
  },
);

export function createHappeningRoutes({ db }: ManageDeps) {
  return createApi()
    .openapi(squareOffs, async (context) => {
      const { cursor, limit, strategy, date } = context.req.valid('query');
      const { tenant } = managerOf(db, context);
      const page = { below: readNumberMark(cursor), limit: limit + 1 };
      const rows = await pageSquareOffs(db, { tenant, strategyId: strategy, date }, page);
      const told = await listToldOfSquareOffs(
        db,
        rows.map(({ id }) => id),
      );
      const show = (row: (typeof rows)[number]) => squareOffRowData(row, told.get(row.id));
      return context.json(pageOf(rows, limit, { show, cursor: numberOf }), 200);
    })
    .openapi(closings, async (context) => {
      const { cursor, limit, strategy, status } = context.req.valid('query');
      const { tenant } = managerOf(db, context);
      const page = { behind: readMark(cursor), limit: limit + 1 };
      const rows = await pageClosings(db, { tenant, strategyId: strategy, status }, page);
      const told = await listToldOfClosings(db, rows);
      const show = (row: (typeof rows)[number]) => closingRowData(row, told.get(row.id));
      return context.json(pageOf(rows, limit, { show, cursor: markOf }), 200);
    })
    .openapi(alerts, async (context) => {
      const { cursor, limit, code } = context.req.valid('query');
      const { tenant } = managerOf(db, context);
      const page = { below: readNumberMark(cursor), limit: limit + 1 };
      const rows = await pageAlerts(db, { tenant, code }, page);
      return context.json(pageOf(rows, limit, { show: showAlert, cursor: numberOf }), 200);
    });
}

function numberOf({ id }: { id: number }): string {
  return String(id);
}

function showAlert(row: Awaited<ReturnType<typeof pageAlerts>>[number]) {
  const { id, code, subject, text, at, last_at, count } = row;
  const { account_id, strategy_id, order_id, signal_id, sent_at } = row;
  return {
    ...{ id, code, subject, text, at, last_at, count },
    ...{ account_id, strategy_id, order_id, signal_id, sent_at },
  };
}
