import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react';

export interface Column<Row> {
  title: string;
  /** Of CSS grid: `8rem`, `minmax(8rem, 1fr)`. */
  width: string;
  show: (row: Row) => ReactNode;
}

interface RowsProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** The last row came into sight. */
  onEnd?: () => void;
  /** How narrow it may get before it scrolls sideways. */
  minWidth?: string;
}

const rowPx = 40;

/** A long table of which only what is in sight is drawn: ten thousand rows scroll as ten do. */
export function Rows<Row>(props: RowsProps<Row>) {
  const { label, columns, rows, keyOf, onEnd, minWidth = '50rem' } = props;
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
    if (last >= rows.length - 1) onEnd?.();
  }, [last, rows.length, onEnd]);
  const grid = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  const style = { height: 'min(70vh, 48rem)', '--rows-width': minWidth } as CSSProperties;
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
