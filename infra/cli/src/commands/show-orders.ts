import { listOrders, type OrderRow } from '@orderlane/db/orders';
import type { OrderStatus } from '@orderlane/domain/order';
import { orderData } from '@orderlane/manage/order-data';
import type { Answer, Cli } from '../cli.ts';
import { formatInstant } from '../instant.ts';
import { nameColumn } from '../name-column.ts';
import { getStrategy } from '../resolve.ts';
import { type Column, formatTable } from '../table.ts';
import { withDb } from '../with-db.ts';

const columnsFor = (rows: readonly OrderRow[]): Column<OrderRow>[] => [
  { title: 'STORED', of: (row) => formatInstant(row.stored_at) },
  nameColumn('STRATEGY', rows, ({ strategy_id: id, strategy_name: name }) => ({ id, name })),
  { title: 'ORDER', of: wishOf, shrinks: true },
  { title: 'STATUS', of: (row) => row.status },
  { title: 'DETAIL', of: detailOf, shrinks: true },
];

/** The newest orders and what became of them. */
export async function showOrders(
  cli: Cli,
  args: { strategy: string | undefined; status: OrderStatus | undefined; limit: number },
): Promise<Answer> {
  const { strategy, status, limit } = args;
  const filter = status === undefined ? { limit } : { limit, status };
  const rows = await withDb(cli, async (db) =>
    strategy === undefined
      ? await listOrders(db, filter)
      : await listOrders(db, { ...filter, strategyId: (await getStrategy(db, strategy)).id }),
  );
  const text = rows.length === 0 ? 'No orders yet' : formatTable(columnsFor(rows), rows);
  return { data: rows.map(orderData), text };
}

/** A smart order names its target: OpenAlgo computes the quantity. */
function wishOf(row: OrderRow): string {
  const what = `${row.exchange}:${row.symbol} ${row.product}`;
  return row.lane === 'smart'
    ? `${what} to ${row.target_position}`
    : `${row.action} ${row.quantity} ${what}`;
}

function detailOf(row: OrderRow): string | null {
  const broker = row.broker_order_id === null ? '' : `id ${row.broker_order_id}`;
  return [broker, row.code ?? '', row.reason ?? ''].filter(Boolean).join(' ') || null;
}
