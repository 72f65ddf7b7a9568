import {
  type DoubtfulOrder,
  listDoubtfulOrders,
  listStrangeBrokerOrders,
  type StrangeBrokerOrder,
} from '@orderlane/db/doubtful-orders';
import { listPositions, type PositionRow } from '@orderlane/db/positions';
import { findOpenRestore, isRestored, type RestoreRow } from '@orderlane/db/restores';
import { restoreData } from '@orderlane/manage/release-restore';
import type { Answer, Cli } from '../cli.ts';
import { formatInstant } from '../instant.ts';
import { type Column, formatTable } from '../table.ts';
import { inSnapshot } from '../with-db.ts';

/** Rows of each kind that are shown. */
const limit = 200;

interface Found {
  restored: boolean;
  restore: RestoreRow | undefined;
  doubtful: DoubtfulOrder[];
  strange: StrangeBrokerOrder[];
  positions: PositionRow[];
}

/** Whether the database was restored, and what a person has to compare with the broker. */
export async function showRestore(cli: Cli): Promise<Answer> {
  const found = await inSnapshot(cli, async (db) => ({
    restored: await isRestored(db),
    restore: await findOpenRestore(db),
    doubtful: await listDoubtfulOrders(db, { limit }),
    strange: await listStrangeBrokerOrders(db, { limit }),
    positions: (await listPositions(db)).filter(({ own }) => own !== 0),
  }));
  return { data: dataOf(found), text: found.restored ? describe(found) : atHome };
}

const atHome = 'The database is where it last traded: nothing was restored';

function dataOf({ restored, restore, doubtful, strange, positions }: Found) {
  return {
    restored,
    restore: restore === undefined ? null : restoreData(restore),
    orders_in_doubt: doubtful,
    broker_orders_unknown_here: restored ? strange : [],
    positions: positions.map(({ strategyName, exchange, symbol, product, mode, own }) => ({
      strategy: strategyName,
      ...{ exchange, symbol, product, mode, own },
    })),
  };
}

const instrument = ({
  exchange,
  symbol,
  product,
}: Record<'exchange' | 'symbol' | 'product', string>) => `${exchange}:${symbol}:${product}`;

const doubtColumns: Column<DoubtfulOrder>[] = [
  { title: 'STORED', of: ({ storedAt }) => formatInstant(storedAt) },
  { title: 'ORDER', of: ({ id }) => id },
  { title: 'STRATEGY', of: ({ strategyName }) => strategyName, shrinks: true },
  { title: 'WISH', of: (row) => `${row.action} ${row.quantity || 'all of'} ${instrument(row)}` },
  { title: 'STATUS', of: ({ status }) => status },
];

const strangeColumns: Column<StrangeBrokerOrder>[] = [
  { title: 'SEEN', of: ({ firstSeenAt }) => formatInstant(firstSeenAt) },
  { title: 'ACCOUNT', of: ({ accountName }) => accountName, shrinks: true },
  { title: 'NUMBER', of: ({ brokerOrderId }) => brokerOrderId },
  { title: 'ORDER', of: (row) => `${row.action} ${row.quantity} ${instrument(row)}` },
];

const positionColumns: Column<PositionRow>[] = [
  { title: 'STRATEGY', of: ({ strategyName }) => strategyName, shrinks: true },
  { title: 'INSTRUMENT', of: instrument },
  { title: 'OWN', of: ({ own }) => own },
  { title: 'MODE', of: ({ mode }) => mode },
];

function describe({ restore, doubtful, strange, positions }: Found): string {
  const upTo = restore?.backup_at ?? null;
  return [
    'The database was restored: nothing is sent before "restore release".',
    upTo === null
      ? 'No scheduler has looked at it yet: start one, it reads the books.'
      : `It remembers what happened up to ${formatInstant(upTo)}; what was traded after that, it does not know.`,
    section(
      'May have been sent after the backup (orders settle, positions set):',
      doubtColumns,
      doubtful,
    ),
    section("In today's order books, and unknown here:", strangeColumns, strange),
    section(
      'Positions as of the backup; compare them with the broker (positions set):',
      positionColumns,
      positions,
    ),
  ].join('\n');
}

function section<Row>(title: string, columns: Column<Row>[], rows: readonly Row[]): string {
  return `\n${title}\n${rows.length === 0 ? '(none)' : formatTable(columns, rows)}`;
}
