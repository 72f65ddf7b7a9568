const totalWidth = 80;
const gap = '  ';

export interface Column<Row> {
  title: string;
  of: (row: Row) => string | number | null;
  /** Gives way when the table is wider than 80 columns; the others keep their width. */
  shrinks?: boolean;
}

/** Rows under their titles, 80 columns wide at the most where a column may shrink. */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map((column) => clean(column.of(row))));
  const titles = columns.map((column) => column.title);
  const natural = titles.map((title, index) =>
    Math.max(title.length, ...cells.map((line) => line[index]?.length ?? 0)),
  );
  const widths = shrink(columns, natural);
  return [titles, ...cells]
    .map((line) =>
      line
        .map((cell, index) => fit(cell, widths[index] ?? 0))
        .join(gap)
        .trimEnd(),
    )
    .join('\n');
}

/** Takes from the shrinking columns, the widest first, until the line fits or they are narrow. */
function shrink<Row>(columns: readonly Column<Row>[], natural: readonly number[]): number[] {
  const widths = [...natural];
  const gaps = gap.length * (columns.length - 1);
  let excess = widths.reduce((sum, width) => sum + width, gaps) - totalWidth;
  while (excess > 0) {
    const widest = widestShrinking(columns, widths);
    if (widest === null) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

const narrowest = 8;

function widestShrinking<Row>(
  columns: readonly Column<Row>[],
  widths: readonly number[],
): number | null {
  let widest: number | null = null;
  for (const [index, column] of columns.entries()) {
    const width = widths[index] ?? 0;
    if (!column.shrinks || width <= narrowest) continue;
    if (widest === null || width > (widths[widest] ?? 0)) widest = index;
  }
  return widest;
}

function fit(cell: string, width: number): string {
  return cell.length > width ? `${cell.slice(0, width - 1)}…` : cell.padEnd(width);
}

/** What strangers sent must not move the cursor. */
function clean(value: string | number | null): string {
  return value === null ? '-' : String(value).replaceAll(/\p{C}/gu, ' ');
}
