import { Alert, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { squareOffPreviewQuery } from '../../api/queries.ts';
import type { SquareOffPreview } from '../../api/types.ts';
import { Asked } from '../../parts/asked.tsx';
import { Facts } from '../../parts/facts.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';
import { When } from '../../parts/when.tsx';

interface PreviewProps {
  strategy: { id: number; name: string };
  close: () => void;
}

/** What the next square-off of a strategy would do as things are now, and what stands in its way. */
export function Preview({ strategy: { id, name }, close }: PreviewProps) {
  const query = useQuery(squareOffPreviewQuery(String(id)));
  return (
    <Modal opened onClose={close} title={`Square-off of "${name}"`} size="xl">
      <Asked query={query}>{(preview) => <Shown preview={preview} />}</Asked>
    </Modal>
  );
}

function Shown({ preview }: { preview: SquareOffPreview }) {
  const { square_off: next, exits, obstacles } = preview;
  if (next === null) return <Text size="sm">It is not squared off within two weeks.</Text>;
  return (
    <Stack>
      <Facts
        cols={2}
        facts={{
          Due: <When at={next.due_at} />,
          'The session closes': <When at={next.closes_at} />,
          Why:
            next.rule === 'set_time' ? 'its own time' : 'a short session: as long before its end',
          Closes: next.position_scope === 'account' ? "the account's position" : 'its own position',
        }}
      />
      {obstacles.map(({ code, text, cure }) => (
        <Alert key={`${code} ${text}`} color="red" title={text}>
          <Text size="sm">{cure}</Text>
        </Alert>
      ))}
      {exits.length === 0 ? (
        <Text size="sm">As things are now it has nothing to close.</Text>
      ) : (
        <PlainTable
          label="What it would send"
          rows={exits}
          columns={columns}
          keyOf={({ account_id, exchange, symbol, product }) =>
            [account_id, exchange, symbol, product].join(' ')
          }
        />
      )}
      <Besides preview={preview} />
    </Stack>
  );
}

function Besides({
  preview: { also_if_open: also, too_late: late },
}: {
  preview: SquareOffPreview;
}) {
  const names = (rows: typeof also) => rows.map(({ symbol }) => symbol).join(', ');
  return (
    <>
      {also.length > 0 && (
        <Text size="sm">Also, where the account's book shows them open then: {names(also)}.</Text>
      )}
      {late.length > 0 && (
        <Text size="sm">
          Too late for {names(late)}: its session is over by then. Close it yourself.
        </Text>
      )}
    </>
  );
}

const columns: readonly PlainColumn<SquareOffPreview['exits'][number]>[] = [
  {
    title: 'Exit',
    show: ({ action, quantity, symbol }) => `${action} ${quantity ?? 'all'} ${symbol}`,
  },
  {
    title: 'Where',
    show: ({ exchange, product, account }) => `${exchange} ${product}, ${account}`,
  },
  { title: 'Own', show: ({ own }) => own },
  { title: 'Coming', show: ({ coming }) => coming },
  {
    title: 'Kept back',
    show: ({ held_until: until, waits_for_mode: mode }) => {
      if (mode !== null) return `OpenAlgo is not in ${mode} mode now`;
      return until === null ? '–' : <When at={until} />;
    },
  },
];
