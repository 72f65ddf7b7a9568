import { listPositions, type PositionRow, type RebuiltPosition } from '@orderlane/db/positions';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { rebuildOwnPositions } from '@orderlane/manage/rebuild-positions';
import { setOwnPosition } from '@orderlane/manage/set-position';
import type { Answer, Cli } from '../cli.ts';
import { formatInstant } from '../instant.ts';
import { nameColumn } from '../name-column.ts';
import { getStrategy } from '../resolve.ts';
import { type Column, formatTable } from '../table.ts';
import { inTransaction, withDb } from '../with-db.ts';

const columnsFor = (rows: readonly PositionRow[]): Column<PositionRow>[] => [
  nameColumn('STRATEGY', rows, ({ strategyId: id, strategyName: name }) => ({ id, name })),
  {
    title: 'INSTRUMENT',
    of: ({ exchange, symbol, product }) => `${exchange}:${symbol}:${product}`,
  },
  { title: 'OWN', of: (row) => row.own },
  { title: 'COMING', of: (row) => row.coming },
  { title: 'MODE', of: (row) => row.mode },
  { title: 'SINCE', of: (row) => formatInstant(row.updatedAt), shrinks: true },
];

/** What strategies own and await, as Orderlane counts it from the fills. @throws ManageError unknown_strategy */
export async function showPositions(
  cli: Cli,
  { strategy }: { strategy: string | undefined },
): Promise<Answer> {
  const rows = await withDb(cli, async (db) =>
    strategy === undefined
      ? await listPositions(db)
      : await listPositions(db, { strategyId: (await getStrategy(db, strategy)).id }),
  );
  const text = rows.length === 0 ? 'Nothing is held' : formatTable(columnsFor(rows), rows);
  return { data: rows.map(positionData), text };
}

function positionData(row: PositionRow) {
  return {
    strategy_id: row.strategyId,
    strategy: row.strategyName,
    account_id: row.accountId,
    exchange: row.exchange,
    symbol: row.symbol,
    product: row.product,
    mode: row.mode,
    own: row.own,
    coming: row.coming,
    updated_at: row.updatedAt,
  };
}

export interface AskedSet {
  strategy: string;
  instrument: string;
  own: string;
  mode: TradingModeSeen | undefined;
}

/** @throws ManageError unknown_strategy, invalid_position, missing_account */
export async function setPosition(cli: Cli, { strategy, ...asked }: AskedSet): Promise<Answer> {
  const set = await inTransaction(cli, async (manager) => {
    return await setOwnPosition(manager, {
      ...asked,
      strategy: await getStrategy(manager.db, strategy),
    });
  });
  const { exchange, symbol, product, mode, own, before } = set;
  const text = `${strategy} owns ${own} of ${exchange}:${symbol}:${product} (${mode}); it was ${before}`;
  return { data: { exchange, symbol, product, mode, own, before }, text };
}

/** Counts the positions from the orders' fills again. @throws ManageError unknown_strategy */
export async function rebuildPositions(
  cli: Cli,
  { strategy }: { strategy: string | undefined },
): Promise<Answer> {
  const changed = await inTransaction(cli, async (manager) => {
    const of = strategy === undefined ? undefined : (await getStrategy(manager.db, strategy)).id;
    return await rebuildOwnPositions(manager, of);
  });
  const text = changed.length === 0 ? 'All positions are as the orders say' : describeAll(changed);
  return { data: { changed }, text };
}

function describeAll(changed: readonly RebuiltPosition[]): string {
  return changed
    .map(
      ({ strategyName, exchange, symbol, product, mode, before, after }) =>
        `${strategyName}: ${exchange}:${symbol}:${product} (${mode}) was ${before}, is ${after}`,
    )
    .join('\n');
}
