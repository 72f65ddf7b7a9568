import type { z } from 'zod';

/**
 * The rows of one read. A book that is not clean proves nothing by what it lacks; an empty one does
 * not either (many adapters turn a broker's error into an empty list).
 */
export interface Rows<Row> {
  rows: Row[];
  /** Every row was understood and can be told from others. */
  isClean: boolean;
  isEmpty: boolean;
  /** Which rows were not understood, and which of their fields; at most 20. */
  flaws: string[];
}

const maxFlaws = 20;

export interface RowParser<Row> {
  schema: z.ZodType<Row>;
  /** Why a row that was understood still spoils the read; null: it does not. */
  flawOf?: (row: Row) => string | null;
}

export function parseRows<Row>(parser: RowParser<Row>, values: readonly unknown[]): Rows<Row> {
  const rows: Row[] = [];
  const flaws: string[] = [];
  for (const [index, value] of values.entries()) {
    const parsed = parser.schema.safeParse(value);
    if (parsed.success) rows.push(parsed.data);
    const flaw = parsed.success
      ? (parser.flawOf?.(parsed.data) ?? null)
      : parsed.error.issues.map((issue) => issue.path.join('.') || 'no object').join(', ');
    if (flaw !== null) flaws.push(`row ${index + 1}: ${flaw}`);
  }
  return {
    rows,
    isClean: flaws.length === 0,
    isEmpty: values.length === 0,
    flaws: flaws.slice(0, maxFlaws),
  };
}
