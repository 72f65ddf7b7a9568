import { z } from '@hono/zod-openapi';
import type { PageMark } from '@orderlane/db/page';
import { ManageError } from '@orderlane/manage/manage-error';

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const markText = new RegExp(`^(\\d{1,17})\\.(${uuid})$`);

/** Where a page begins and how long it is. */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional().meta({ description: '`next` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A list that goes on. */
export function okPage<Row extends z.ZodType>(row: Row, description: string) {
  const schema = z.object({
    status: z.literal('success'),
    data: z.array(row),
    next: z
      .string()
      .nullable()
      .meta({ description: 'The `cursor` of the next page; null: the end.' }),
  });
  return { 200: { description, content: { 'application/json': { schema } } } } as const;
}

/** One row more than is shown was asked for: whether there is a next page. */
export function pageOf<Row, Shown>(
  rows: readonly Row[],
  limit: number,
  { show, cursor }: { show: (row: Row) => Shown; cursor: (row: Row) => string },
) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? encode(cursor(last)) : null;
  return { status: 'success' as const, data: shown.map(show), next };
}

export function markOf({ atMicros, id }: PageMark): string {
  return `${atMicros}.${id}`;
}

/** @throws ManageError invalid_request */
export function readMark(cursor: string | undefined): PageMark | undefined {
  if (cursor === undefined) return undefined;
  const [, atMicros, id] = markText.exec(decode(cursor)) ?? [];
  if (atMicros === undefined || id === undefined) throw badCursor();
  return { atMicros: Number(atMicros), id };
}

/** Of lists in the order of a number. @throws ManageError invalid_request */
export function readNumberMark(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const text = decode(cursor);
  if (!/^\d{1,15}$/.test(text)) throw badCursor();
  return Number(text);
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function decode(cursor: string): string {
  return Buffer.from(cursor, 'base64url').toString('utf8');
}

function badCursor(): ManageError {
  const text = 'cursor is none of ours: take `next` of the page before';
  return new ManageError('invalid_request', text, { issues: [{ field: 'cursor', text }] });
}
