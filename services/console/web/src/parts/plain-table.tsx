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

/** A short table, which scrolls sideways where the screen is narrow. */
export function PlainTable<Row>({ label, rows, columns, keyOf }: PlainTableProps<Row>) {
  return (
    <Table.ScrollContainer
      type="native"
      minWidth={columns.length * 90}
      tabIndex={0}
      aria-label={label}
      role="region"
    >
      <Table striped highlightOnHover verticalSpacing="xs" aria-label={label}>
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
                <Table.Td key={title}>{show(row)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
