import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Mapping, Strategy } from '../../api/types.ts';
import { useMay } from '../../api/use-may.ts';
import { Nothing } from '../../parts/asked.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { ImportMappings } from './import-mappings.tsx';
import { MappingForm } from './mapping-form.tsx';
import { QuantityCell } from './quantity-cell.tsx';
import { RemoveMapping } from './remove-mapping.tsx';

/** Which symbol of a signal trades what. */
export function Mappings({ strategy }: { strategy: Strategy }) {
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<'new' | 'import' | Mapping>();
  const close = () => setOpened(undefined);
  const wanted = search.trim().toUpperCase();
  const rows = strategy.mappings.filter((one) =>
    `${one.signal_symbol} ${one.symbol} ${one.exchange} ${one.product}`.includes(wanted),
  );
  return (
    <Stack>
      <Group justify="space-between">
        <TextInput
          aria-label="Search the symbols"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Group gap="xs">
          <MayTrade>
            <Button onClick={() => setOpened('new')}>Add a symbol</Button>
            <Button variant="default" onClick={() => setOpened('import')}>
              Import CSV
            </Button>
          </MayTrade>
          <Button
            variant="default"
            component="a"
            href={`/strategy/${strategy.id}/symbols/export`}
            download
          >
            Export CSV
          </Button>
        </Group>
      </Group>
      <Text size="sm" className="quiet">
        {strategy.mappings.length} symbols. A signal is looked up as sent, then without a prefix
        such as NSE:, then by *.
      </Text>
      <Table strategy={strategy} rows={rows} edit={setOpened} />
      {opened === 'import' && <ImportMappings strategy={strategy} close={close} />}
      {opened !== undefined && opened !== 'import' && (
        <MappingForm
          strategy={strategy}
          mapping={opened === 'new' ? undefined : opened}
          close={close}
        />
      )}
    </Stack>
  );
}

const columns: readonly Column<Mapping>[] = [
  { title: 'Signal says', width: 'minmax(7rem, 1fr)', show: ({ signal_symbol }) => signal_symbol },
  { title: 'Trades', width: 'minmax(9rem, 1.4fr)', show: ({ symbol }) => symbol },
  { title: 'Exchange', isDetail: true, width: '5rem', show: ({ exchange }) => exchange },
  { title: 'Product', isDetail: true, width: '5rem', show: ({ product }) => product },
  { title: 'Quantity', width: '7rem', show: ({ quantity }) => quantity ?? "the signal's" },
  {
    title: 'Units per contract',
    isDetail: true,
    width: '8rem',
    show: ({ multiplier }) => multiplier ?? '–',
  },
];

interface TableProps {
  strategy: Strategy;
  rows: readonly Mapping[];
  edit: (mapping: Mapping) => void;
}

function Table({ strategy, rows, edit }: TableProps) {
  const may = useMay();
  if (strategy.mappings.length === 0) {
    return (
      <Nothing title="It trades nothing yet">
        Add the symbols that its signals name, or * for every symbol as it is sent.
      </Nothing>
    );
  }
  const change: Column<Mapping> = {
    title: 'Change',
    width: '9rem',
    show: (mapping) => (
      <Group gap={4} wrap="nowrap">
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => edit(mapping)}
          aria-label={`Edit ${mapping.signal_symbol}`}
        >
          Edit
        </Button>
        <RemoveMapping strategy={strategy} mapping={mapping} />
      </Group>
    ),
  };
  return (
    <Rows
      label="Symbols"
      rows={rows}
      columns={may.trade ? [...columns.map((one) => editable(strategy, one)), change] : columns}
      keyOf={({ id }) => String(id)}
      minWidth="46rem"
    />
  );
}

/** The quantity is what is changed most: in its place, without a form. */
function editable({ id }: Strategy, column: Column<Mapping>): Column<Mapping> {
  if (column.title !== 'Quantity') return column;
  return { ...column, show: (mapping) => <QuantityCell strategyId={id} mapping={mapping} /> };
}
