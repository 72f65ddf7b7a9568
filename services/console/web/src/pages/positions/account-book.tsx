import { Badge, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { bookQuery } from '../../api/book-query.ts';
import { problemText } from '../../api/problem.ts';
import { positionsQuery } from '../../api/queries.ts';
import type { Position } from '../../api/types.ts';

/** The account's net position in the same instrument, and what no strategy accounts for. */
export function AccountBook({ position }: { position: Position }) {
  const book = useQuery(bookQuery(String(position.account_id)));
  const { data: all = [] } = useQuery(positionsQuery);
  if (book.error !== null) return <Text size="xs">{problemText(book.error)}</Text>;
  if (book.data === undefined) return <Text size="xs">reading…</Text>;
  if (book.data.mode !== position.mode) {
    return <Text size="xs">OpenAlgo shows the other mode</Text>;
  }
  const isSame = (one: { exchange: string; symbol: string | null; product: string }) =>
    one.exchange === position.exchange &&
    one.symbol === position.symbol &&
    one.product === position.product;
  const shown = book.data.positions.find(isSame)?.quantity ?? 0;
  const ofStrategies = all
    .filter((one) => isSame(one) && one.account_id === position.account_id)
    .filter(({ mode }) => mode === position.mode)
    .reduce((sum, { own }) => sum + own, 0);
  const drift = shown - ofStrategies;
  return (
    <Group gap={6} wrap="nowrap">
      <span>{shown}</span>
      {drift !== 0 && (
        <Badge color="orange" variant="light" className="state" title="Held by no strategy here">
          {drift > 0 ? `+${drift}` : drift} elsewhere
        </Badge>
      )}
    </Group>
  );
}
