import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

export interface PlainColumn<Row> {
  title: string;
  show: (row: Row) => ReactNode;
}

interface PlainTableProps<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly PlainColumn<Row>[];
  keyOf: (row: Row) => string;
}

/** A short table. On a telephone each row is a card, with the title of each column before its cell. */
export function PlainTable<Row>({ label, rows, columns, keyOf }: PlainTableProps<Row>) {
  return (
    <section className="scrolls" tabIndex={0} aria-label={label}>
      <Table
        className="plain"
        striped
        highlightOnHover
        verticalSpacing="xs"
        horizontalSpacing={6}
        aria-label={label}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ title }) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={keyOf(row)}>
              {columns.map(({ title, show }) => (
                <Table.Td key={title} data-title={title}>
                  <div className="cell">{show(row)}</div>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
