import { type RawBuilder, sql } from 'kysely';

/** The last row that a page showed: the next one goes on behind it. */
export interface PageMark {
  /** Its instant in microseconds since 1970, as the database keeps it. */
  atMicros: number;
  id: string;
}

/** A span of instants, the first inclusive. */
export interface Span {
  from?: Date | undefined;
  to?: Date | undefined;
}

/** An instant as a mark holds it. */
export function microsOf(column: string): RawBuilder<number> {
  return sql<number>`(extract(epoch from ${sql.ref(column)}) * 1000000)::bigint`;
}

/** Older than the mark, in the order of instant and id. */
export function isBehind(at: string, id: string, mark: PageMark | undefined): RawBuilder<boolean> {
  if (mark === undefined) return sql<boolean>`true`;
  const instant = sql`timestamptz 'epoch' + ${mark.atMicros}::bigint * interval '1 microsecond'`;
  return sql<boolean>`(${sql.ref(at)}, ${sql.ref(id)}) < (${instant}, ${mark.id}::uuid)`;
}

export function isWithin(column: string, { from, to }: Span): RawBuilder<boolean> {
  const since = from === undefined ? sql`true` : sql`${sql.ref(column)} >= ${from}`;
  const until = to === undefined ? sql`true` : sql`${sql.ref(column)} < ${to}`;
  return sql<boolean>`(${since} and ${until})`;
}

/** Of the strategies that belong to a tenant; null: of all. */
export function isOfTenant(strategyId: string, tenant: string | null): RawBuilder<boolean> {
  if (tenant === null) return sql<boolean>`true`;
  return sql<boolean>`${sql.ref(strategyId)} in (select id from strategies where user_id = ${tenant})`;
}
