import { z } from '@hono/zod-openapi';
import { calendarData } from '@orderlane/manage/calendar-data';
import { addCalendarDay, removeCalendarDay } from '@orderlane/manage/change-calendar';
import { listCalendar } from '@orderlane/manage/list-calendar';
import { createApi, ok, route, success } from '../http/api.ts';
import { jsonBody } from '../http/json-body.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction } from '../http/manager.ts';

const tags = ['calendar'];
const line = z.object({
  date: z.string(),
  exchange: z.string(),
  hours: z.string().meta({ description: '`09:15-15:30`, or `closed`.' }),
  note: z.string().nullable(),
});
const exchangesText = z.string().max(200).meta({ description: '`NSE,NFO`' });

const list = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/calendar',
    tags,
    summary: 'Days that are not like the others',
    description: 'Holidays and special sessions as they count, and where each is from.',
    request: { query: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() }) },
    responses: ok(
      z.array(line.extend({ source: z.enum(['built_in', 'openalgo', 'own']) })),
      'The days.',
    ),
  },
);

const add = route(
  { access: 'admin', errors: ['invalid_calendar_entry', 'calendar_overlap'] },
  {
    method: 'post',
    path: '/calendar/add',
    tags,
    summary: 'Enter a day',
    description: 'It goes before whatever OpenAlgo says, for every strategy.',
    request: jsonBody(
      z.strictObject({
        date: z.string().max(20),
        exchanges: exchangesText,
        hours: z.string().max(20).meta({ description: '`09:15-15:30`, or `closed`.' }),
        note: z.string().max(300).nullable().default(null),
      }),
    ),
    responses: ok(z.array(line), 'What was entered.'),
  },
);

const remove = route(
  { access: 'admin', errors: ['invalid_calendar_entry', 'unknown_calendar_entry'] },
  {
    method: 'post',
    path: '/calendar/delete',
    tags,
    summary: "Take people's entries of a day away",
    description: 'Of the exchanges that are named, or of all.',
    request: jsonBody(
      z.strictObject({ date: z.string().max(20), exchanges: exchangesText.optional() }),
    ),
    responses: ok(z.array(line), 'What was entered there.'),
  },
);

export function createCalendarRoutes({ db, now }: ManageDeps) {
  return createApi()
    .openapi(list, async (context) => {
      const { from = now().toPlainDate().toString(), to = '9999-12-31' } =
        context.req.valid('query');
      const { lines } = await listCalendar(db, { from, to, isOwn: false });
      const days = lines.map((each) => ({ ...calendarData(each), source: each.source }));
      return context.json(success(days), 200);
    })
    .openapi(add, async (context) => {
      const draft = context.req.valid('json');
      const lines = await inTransaction(db, context, async (manager) => {
        return await addCalendarDay(manager, draft);
      });
      return context.json(success(lines.map(calendarData)), 200);
    })
    .openapi(remove, async (context) => {
      const { date, exchanges } = context.req.valid('json');
      const lines = await inTransaction(db, context, async (manager) => {
        return await removeCalendarDay(manager, { date, exchanges });
      });
      return context.json(success(lines.map(calendarData)), 200);
    });
}
