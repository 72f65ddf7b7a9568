import { Alert, Button, FileInput, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { ApiError, dataIn } from '@orderlane/console/client';
import { useState } from 'react';
import { client } from '../../api/client.ts';
import { problemText } from '../../api/problem.ts';
import type { Mapping, Strategy } from '../../api/types.ts';
import { tellDone, useChange } from '../../api/use-change.ts';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';

interface ImportMappingsProps {
  strategy: Strategy;
  close: () => void;
}

/** Many symbols at once: looked at first, stored all or none. */
export function ImportMappings({ strategy, close }: ImportMappingsProps) {
  const [text, setText] = useState('');
  const [preview, setPreview] = useState<Preview>();
  const param = { id: String(strategy.id) };
  const send = async (isDry: boolean) =>
    await dataIn(
      await client.strategy[':id'].symbols.$post({
        param,
        json: { symbols: text, dry_run: isDry },
      }),
    );
  const look = useChange({
    call: async () => await send(true),
    touches: [],
    done: ({ added, warnings }) =>
      setPreview({ rows: added, problems: [], warnings: warnings.map(({ warning }) => warning) }),
    failed: (error) => setPreview({ rows: [], problems: problemsIn(error), warnings: [] }),
  });
  const store = useChange({
    call: async () => await send(false),
    touches: [['strategy', param.id]],
    done: ({ added }) => {
      tellDone(`${added.length} symbols were added`);
      close();
    },
    failed: (error) => setPreview({ rows: [], problems: problemsIn(error), warnings: [] }),
  });
  const change = (value: string) => {
    setText(value);
    setPreview(undefined);
  };
  const isReady = preview !== undefined && preview.rows.length > 0;
  return (
    <Modal opened onClose={close} title="Import CSV" size="xl">
      <Stack>
        <Source text={text} change={change} />
        {preview !== undefined && <PreviewView preview={preview} />}
        <Group justify="flex-end">
          <Button
            variant={isReady ? 'default' : 'filled'}
            disabled={text.trim() === ''}
            loading={look.isPending}
            onClick={() => look.mutate(undefined)}
          >
            Preview
          </Button>
          <Button
            disabled={!isReady}
            loading={store.isPending}
            onClick={() => store.mutate(undefined)}
          >
            {isReady ? `Add ${preview.rows.length} symbols` : 'Add'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Source({ text, change }: { text: string; change: (text: string) => void }) {
  const read = async (file: File | null) => {
    if (file !== null) change(await file.text());
  };
  return (
    <>
      <FileInput
        label="A file"
        accept=".csv,text/csv,text/plain"
        placeholder="Choose a CSV file"
        onChange={(file) => void read(file)}
      />
      <Textarea
        label="Or its lines"
        description="symbol,exchange,quantity,product, or any of signal_symbol, symbol, exchange, product, quantity and multiplier under a line of titles"
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        autosize
        minRows={5}
        maxRows={14}
        spellCheck={false}
      />
    </>
  );
}

interface Preview {
  rows: readonly Mapping[];
  problems: readonly string[];
  warnings: readonly string[];
}

function problemsIn(error: unknown): string[] {
  if (!(error instanceof ApiError) || error.details.length === 0) return [problemText(error)];
  return error.details.map((detail) => detail.error);
}

const columns: readonly PlainColumn<Mapping>[] = [
  { title: 'Signal says', show: ({ signal_symbol }) => signal_symbol },
  { title: 'Trades', show: ({ symbol }) => symbol },
  { title: 'Exchange', show: ({ exchange }) => exchange },
  { title: 'Product', show: ({ product }) => product },
  { title: 'Quantity', show: ({ quantity }) => quantity ?? "the signal's" },
];

const mostShown = 50;

function PreviewView({ preview: { rows, problems, warnings } }: { preview: Preview }) {
  return (
    <>
      {problems.length > 0 && (
        <Lines color="red" title="Nothing was added: this has to be corrected" lines={problems} />
      )}
      {warnings.length > 0 && <Lines color="orange" title="Doubtful" lines={warnings} />}
      {rows.length > 0 && (
        <>
          <Text size="sm">
            {rows.length} symbols would be added
            {rows.length > mostShown && `; the first ${mostShown} are shown`}.
          </Text>
          <PlainTable
            label="What would be added"
            rows={rows.slice(0, mostShown)}
            columns={columns}
            keyOf={({ id }) => String(id)}
          />
        </>
      )}
    </>
  );
}

function Lines({
  color,
  title,
  lines,
}: {
  color: string;
  title: string;
  lines: readonly string[];
}) {
  return (
    <Alert color={color} title={title} role="alert">
      {lines.map((line) => (
        <Text size="sm" key={line}>
          {line}
        </Text>
      ))}
    </Alert>
  );
}
