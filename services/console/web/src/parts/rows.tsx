import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react';

export interface Column<Row> {
  title: string;
  /** Of CSS grid: `8rem`, `minmax(8rem, 1fr)`. */
  width: string;
  /** The same where there is little room; left out: an equal share. */
  narrow?: string;
  show: (row: Row) => ReactNode;
  /** Left out where there is little room: the row's own page has it. */
  isDetail?: true;
}

interface RowsProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** The end comes into sight. */
  onEnd?: () => void;
  /** How narrow it may get before it scrolls sideways. */
  minWidth?: string;
}

const rowPx = 40;
/** So many rows before the end more are asked for, so that nobody waits at it. */
const ahead = 60;

/** A long table of which only what is in sight is drawn: ten thousand rows scroll as ten do. */
export function Rows<Row>(props: RowsProps<Row>) {
  const { label, rows, keyOf, onEnd, minWidth = '50rem' } = props;
  const isNarrow = useMediaQuery('(max-width: 48em)');
  const columns = isNarrow ? props.columns.filter((one) => one.isDetail !== true) : props.columns;
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: 12,
    getItemKey: (index) => keyOf(rows[index] as Row),
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - ahead) onEnd?.();
  }, [last, rows.length, onEnd]);
  const widths = columns.map(({ width, narrow = 'minmax(0, 1fr)' }) => (isNarrow ? narrow : width));
  const grid = { gridTemplateColumns: widths.join(' ') };
  // As high as its rows and their title, with room for a scroll bar below.
  const height = `min(70vh, 48rem, ${(rows.length + 1) * rowPx + 18}px)`;
  const style = { height, '--rows-width': isNarrow ? '0' : minWidth } as CSSProperties;
  return (
    <section className="rows" aria-label={label} ref={box} style={style} tabIndex={0}>
      <table aria-label={label} aria-rowcount={rows.length + 1}>
        <thead>
          <tr style={grid} aria-rowindex={1}>
            {columns.map(({ title }) => (
              <th key={title}>{title}</th>
            ))}
          </tr>
        </thead>
        <tbody style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, key, start }) => (
            <OneRow
              key={key}
              index={index}
              row={rows[index] as Row}
              columns={columns}
              style={{ ...grid, height: rowPx, transform: `translateY(${start}px)` }}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface OneRowProps<Row> {
  index: number;
  row: Row;
  columns: readonly Column<Row>[];
  style: CSSProperties;
}

function OneRow<Row>({ index, row, columns, style }: OneRowProps<Row>) {
  return (
    <tr style={style} aria-rowindex={index + 2}>
      {columns.map(({ title, show }) => (
        <td key={title}>{show(row)}</td>
      ))}
    </tr>
  );
}
