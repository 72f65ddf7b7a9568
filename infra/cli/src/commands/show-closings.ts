import { type ListedClosing, listClosings } from '@orderlane/db/closing-list';
import { type ListedSquareOff, listSquareOffs } from '@orderlane/db/square-off-list';
import {
  listToldOfClosings,
  listToldOfSquareOffs,
  type ToldAlert,
} from '@orderlane/db/told-alerts';
import { closingRowData, squareOffRowData } from '@orderlane/manage/closing-data';
import type { Answer, Cli } from '../cli.ts';
import { formatInstant } from '../instant.ts';
import { nameColumn } from '../name-column.ts';
import { getStrategy } from '../resolve.ts';
import { type Column, formatTable } from '../table.ts';
import { withDb } from '../with-db.ts';

interface Asked {
  strategy: string | undefined;
  limit: number;
}

interface Told {
  alerts: readonly ToldAlert[];
}

const closingColumns = (
  rows: readonly (ListedClosing & Told)[],
): Column<ListedClosing & Told>[] => [
  { title: 'OPENED', of: ({ opened_at }) => formatInstant(opened_at) },
  nameColumn('STRATEGY', rows, ({ strategyId: id, strategyName: name }) => ({ id, name })),
  {
    title: 'INSTRUMENT',
    of: ({ exchange, symbol, product }) => `${exchange}:${symbol}:${product}`,
    shrinks: true,
  },
  { title: 'STATUS', of: ({ status }) => status },
  { title: 'SENT', of: ({ attempts }) => attempts },
  { title: 'WHY', of: ({ detail, reason, cause }) => detail ?? reason ?? cause, shrinks: true },
  { title: 'TOLD', of: toldText, shrinks: true },
];

/** Closings, those that are open first. @throws ManageError unknown_strategy */
export async function showClosings(cli: Cli, { strategy, limit }: Asked): Promise<Answer> {
  const rows = await withDb(cli, async (db) => {
    const strategyId = strategy === undefined ? undefined : (await getStrategy(db, strategy)).id;
    const filter = { tenant: null, strategyId, status: undefined, limit };
    const closings = await listClosings(db, filter);
    const told = await listToldOfClosings(db, closings);
    return closings.map((row) => ({ ...row, alerts: told.get(row.id) ?? [] }));
  });
  return {
    data: rows.map((row) => closingRowData(row, row.alerts)),
    text: rows.length === 0 ? 'No closings yet' : formatTable(closingColumns(rows), rows),
  };
}

const squareOffColumns = (
  rows: readonly (ListedSquareOff & Told)[],
): Column<ListedSquareOff & Told>[] => [
  { title: 'DATE', of: ({ session_date }) => session_date },
  { title: 'DUE', of: ({ due_time }) => due_time },
  nameColumn('STRATEGY', rows, ({ strategy_id: id, strategyName: name }) => ({ id, name })),
  { title: 'STATUS', of: ({ status }) => status },
  { title: 'EXITS', of: ({ exits }) => exits },
  { title: 'OPEN', of: ({ closingsOpen }) => closingsOpen },
  { title: 'FAILED', of: ({ closingsFailed }) => closingsFailed },
  { title: 'DETAIL', of: ({ detail }) => detail, shrinks: true },
  { title: 'TOLD', of: toldText, shrinks: true },
];

/** Square-offs, those under way first. @throws ManageError unknown_strategy */
export async function showSquareOffs(cli: Cli, { strategy, limit }: Asked): Promise<Answer> {
  const rows = await withDb(cli, async (db) => {
    const strategyId = strategy === undefined ? undefined : (await getStrategy(db, strategy)).id;
    const squareOffs = await listSquareOffs(db, {
      ...{ tenant: null, strategyId, date: undefined, limit },
    });
    const told = await listToldOfSquareOffs(
      db,
      squareOffs.map(({ id }) => id),
    );
    return squareOffs.map((row) => ({ ...row, alerts: told.get(row.id) ?? [] }));
  });
  return {
    data: rows.map((row) => squareOffRowData(row, row.alerts)),
    text: rows.length === 0 ? 'No square-offs yet' : formatTable(squareOffColumns(rows), rows),
  };
}

/** `exit_stuck → telegram`: who has it; without an arrow nobody has. */
function toldText({ alerts }: Told): string | null {
  const each = alerts.map(({ code, sentTo }) =>
    sentTo.length === 0 ? code : `${code} → ${sentTo.join(', ')}`,
  );
  return [...new Set(each)].join('; ') || null;
}
