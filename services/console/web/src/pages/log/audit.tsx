import { Code, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type AuditFilter, auditQuery } from '../../api/queries.ts';
import type { AuditLine } from '../../api/types.ts';
import { Nothing } from '../../parts/asked.tsx';
import { FilterBar, pick, useFilter } from '../../parts/filter-bar.tsx';
import { LongList } from '../../parts/long-list.tsx';
import { Page } from '../../parts/page.tsx';
import type { Column } from '../../parts/rows.tsx';
import { When } from '../../parts/when.tsx';

const columns: readonly Column<AuditLine>[] = [
  { title: 'No.', isDetail: true, width: '4rem', show: ({ seq }) => seq },
  { title: 'At', width: '9rem', show: ({ at }) => <When at={at} /> },
  { title: 'Who', width: 'minmax(10rem, 1fr)', show: ({ who }) => <span title={who}>{who}</span> },
  { title: 'What', width: '10rem', show: ({ what }) => what },
  { title: 'Of', isDetail: true, width: '9rem', show: ({ subject }) => subject },
  {
    title: 'Change',
    isDetail: true,
    width: 'minmax(14rem, 2fr)',
    show: (line) => <Changed line={line} />,
  },
];

function Changed({ line: { before, after } }: { line: AuditLine }) {
  const text = changeText(before, after);
  return <Code title={text}>{text}</Code>;
}

/** `is_active: true → false`, for what differs. */
function changeText(before: AuditLine['before'], after: AuditLine['after']): string {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const word = (value: unknown) => (value === undefined ? '–' : JSON.stringify(value));
  return [...names]
    .filter((name) => word(before?.[name]) !== word(after?.[name]))
    .map((name) => `${name}: ${word(before?.[name])} → ${word(after?.[name])}`)
    .join(', ');
}

export function Audit() {
  const [search] = useFilter();
  const filter = pick<AuditFilter>(search, ['who', 'what', 'subject']);
  const query = useInfiniteQuery(auditQuery(filter));
  return (
    <Page title="Audit log">
      <Text size="sm">
        What people changed, chained line by line: `orderlane audit verify` proves that none is
        missing or altered.
      </Text>
      <FilterBar
        choices={[
          { name: 'who', label: 'Who' },
          { name: 'what', label: 'What' },
          { name: 'subject', label: 'Of' },
        ]}
      />
      <LongList
        label="Audit log"
        query={query}
        columns={columns}
        keyOf={({ seq }) => String(seq)}
        minWidth="60rem"
        empty={<Nothing title="No line is like that" />}
      />
    </Page>
  );
}
