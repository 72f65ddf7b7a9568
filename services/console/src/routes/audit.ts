import { z } from '@hono/zod-openapi';
import { type AuditRow, listAuditRows } from '@orderlane/db/audit-chain';
import type { Db } from '@orderlane/db/open-db';
import { createApi, route } from '../http/api.ts';
import { okPage, pageOf, pageQuery, readNumberMark } from '../http/cursor.ts';
import { instant } from '../schemas/common.ts';
import { filters, spanOf } from '../schemas/filter.ts';

const state = z.record(z.string(), z.unknown()).nullable();

const list = route(
  { access: 'admin' },
  {
    method: 'get',
    path: '/audit',
    tags: ['audit'],
    summary: 'What people changed',
    description:
      'The newest first: who, from where, what, before and after. The rows are chained; `audit verify` of the command line checks them.',
    request: {
      query: pageQuery.extend({
        from: filters.from,
        to: filters.to,
        who: z.string().max(200).optional(),
        what: z.string().max(100).optional(),
        subject: z.string().max(200).optional(),
      }),
    },
    responses: okPage(
      z.object({
        seq: z.number(),
        at: instant,
        who: z.string(),
        from: z.string().nullable(),
        what: z.string(),
        subject: z.string(),
        before: state,
        after: state,
        hash: z.string(),
      }),
      'A page of the log.',
    ),
  },
);

export function createAuditRoutes({ db }: { db: Db }) {
  return createApi().openapi(list, async (context) => {
    const { cursor, limit, from, to, ...named } = context.req.valid('query');
    const below = readNumberMark(cursor);
    const span = { ...spanOf({ from, to }), ...named };
    const filter = Object.fromEntries(
      Object.entries(span).filter(([, value]) => value !== undefined),
    );
    const page = { ...filter, newest: limit + 1, ...(below !== undefined && { below }) };
    const rows = await listAuditRows(db, page);
    const cursorOf = ({ seq }: AuditRow) => String(seq);
    return context.json(pageOf(rows, limit, { show: showRow, cursor: cursorOf }), 200);
  });
}

function showRow({ seq, at, who, origin: from, what, subject, before, after, hash }: AuditRow) {
  return { seq, at, who, from, what, subject, before: parse(before), after: parse(after), hash };
}

function parse(json: string | null): Record<string, unknown> | null {
  return json === null ? null : (JSON.parse(json) as Record<string, unknown>);
}
