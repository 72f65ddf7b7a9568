import { listSignals, refusedOf, type SignalToShow } from '@orderlane/db/signals';
import { signalData } from '@orderlane/manage/signal-data';
import type { Answer, Cli } from '../cli.ts';
import { formatInstant } from '../instant.ts';
import { nameColumn } from '../name-column.ts';
import { getStrategy } from '../resolve.ts';
import { type Column, formatTable } from '../table.ts';
import { withDb } from '../with-db.ts';

const columnsFor = (rows: readonly SignalToShow[]): Column<SignalToShow>[] => [
  { title: 'RECEIVED', of: (row) => formatInstant(row.receivedAt) },
  nameColumn('STRATEGY', rows, ({ strategyId: id, strategyName: name }) => ({ id, name })),
  { title: 'VERDICT', of: (row) => row.verdict },
  { title: 'WHY', of: whyOf, shrinks: true },
];

/** The newest signals, refused ones too: why an alert did not trade. */
export async function showSignals(
  cli: Cli,
  args: { strategy: string | undefined; limit: number },
): Promise<Answer> {
  const { strategy, limit } = args;
  const rows = await withDb(cli, async (db) =>
    strategy === undefined
      ? await listSignals(db, { limit })
      : await listSignals(db, { limit, strategyId: (await getStrategy(db, strategy)).id }),
  );
  const text = rows.length === 0 ? 'No signals yet' : formatTable(columnsFor(rows), rows);
  return { data: rows.map(signalData), text };
}

/** What each refused symbol was told; a refusal of the whole call names no symbol. */
function whyOf({ code, answer }: SignalToShow): string | null {
  const told = refusedOf(answer).map(({ symbol, error }) =>
    symbol === null || error.includes(symbol) ? error : `${symbol}: ${error}`,
  );
  return told.join('; ') || code;
}
