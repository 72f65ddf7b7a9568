import type { DatabaseSync } from 'node:sqlite';
import type {
  OpenAlgoMapping,
  OpenAlgoStrategy,
} from '@orderlane/domain/move-in/openalgo-strategy';
import { CliError } from '../cli-error.ts';

/** What an OpenAlgo keeps of strategies. */
export interface OpenAlgoDatabase {
  strategies: OpenAlgoStrategy[];
  /** Mappings of strategies that are not there. */
  orphans: OpenAlgoMapping[];
}

type Source = OpenAlgoStrategy['source'];
type Row = Record<string, string | null>;

/** OpenAlgo's tables and columns, as its versions name them. */
const tables: Record<Source, { mappings: string; symbol: string }> = {
  strategies: { mappings: 'strategy_symbol_mappings', symbol: 'symbol' },
  chartink_strategies: { mappings: 'chartink_symbol_mappings', symbol: 'chartink_symbol' },
};

const needed = ['id', 'name', 'webhook_id'];

/** @throws CliError not_openalgo when there is no table of strategies in it */
export function readOpenAlgo(db: DatabaseSync): OpenAlgoDatabase {
  const sources = (Object.keys(tables) as Source[]).filter((table) =>
    needed.every((column) => columnsOf(db, table).has(column)),
  );
  if (sources.length === 0) {
    const text = `It has no table ${Object.keys(tables).join(' or ')}: this is not the database of an OpenAlgo with strategies`;
    throw new CliError('not_openalgo', text);
  }
  const read = sources.map((source) => readSource(db, source));
  return {
    strategies: read.flatMap(({ strategies }) => strategies),
    orphans: read.flatMap(({ orphans }) => orphans),
  };
}

function readSource(db: DatabaseSync, source: Source): OpenAlgoDatabase {
  const { mappings: table, symbol } = tables[source];
  const wanted = ['strategy_id', symbol, 'exchange', 'quantity', 'product_type'];
  const byStrategy = Map.groupBy(readRows(db, table, wanted), (row) => row['strategy_id'] ?? null);
  const columns = ['platform', 'trading_mode', 'mode', 'is_active', 'is_intraday'];
  const times = ['start_time', 'end_time', 'squareoff_time'];
  const strategies = readRows(db, source, [...needed, ...columns, ...times]).map((row) => {
    const own = byStrategy.get(row['id'] ?? null) ?? [];
    byStrategy.delete(row['id'] ?? null);
    return toStrategy(source, row, own.map(toMapping(symbol)));
  });
  return { strategies, orphans: [...byStrategy.values()].flat().map(toMapping(symbol)) };
}

function toStrategy(source: Source, row: Row, mappings: OpenAlgoMapping[]): OpenAlgoStrategy {
  return {
    source,
    id: row['id'] ?? '',
    name: row['name'] ?? null,
    webhookId: row['webhook_id'] ?? null,
    platform: row['platform'] ?? null,
    tradingMode: row['trading_mode'] ?? row['mode'] ?? null,
    isActive: row['is_active'] ?? null,
    isIntraday: row['is_intraday'] ?? null,
    startTime: row['start_time'] ?? null,
    endTime: row['end_time'] ?? null,
    squareoffTime: row['squareoff_time'] ?? null,
    mappings,
  };
}

function toMapping(symbol: string): (row: Row) => OpenAlgoMapping {
  return (row) => ({
    symbol: row[symbol] ?? null,
    exchange: row['exchange'] ?? null,
    quantity: row['quantity'] ?? null,
    product: row['product_type'] ?? null,
  });
}

/** By their numbers; columns that this version does not have are left out, values come as text. */
function readRows(db: DatabaseSync, table: string, wanted: readonly string[]): Row[] {
  const known = columnsOf(db, table);
  const columns = wanted.filter((column) => known.has(column));
  if (columns.length === 0) return [];
  const selected = columns.map((column) => `cast("${column}" as text) as "${column}"`);
  return db.prepare(`select ${selected.join(', ')} from "${table}" order by rowid`).all() as Row[];
}

function columnsOf(db: DatabaseSync, table: string): ReadonlySet<string> {
  const rows = db.prepare('select name from pragma_table_info(?)').all(table);
  return new Set(rows.map(({ name }) => String(name)));
}
