import { DatabaseSync } from 'node:sqlite';

type Value = string | number | null;

export interface OpenAlgoDbRows {
  strategies?: Record<string, Value>[];
  mappings?: Record<string, Value>[];
  chartink?: Record<string, Value>[];
  chartinkMappings?: Record<string, Value>[];
}

/**
 * Makes a database with the tables that an OpenAlgo keeps strategies in, and one of its others. Like
 * there, nothing checks what is in the columns.
 */
export function makeOpenAlgoDb(file: string, rows: OpenAlgoDbRows): void {
  const db = new DatabaseSync(file);
  const times = `is_active boolean, is_intraday boolean, start_time varchar(5), end_time varchar(5),
    squareoff_time varchar(5), created_at datetime, updated_at datetime`;
  db.exec(`
    create table strategies (id integer primary key, name varchar(255), webhook_id varchar(36),
      user_id varchar(255), platform varchar(50), trading_mode varchar(10), ${times});
    create table strategy_symbol_mappings (id integer primary key, strategy_id integer, symbol varchar(50),
      exchange varchar(10), quantity integer, product_type varchar(10), created_at datetime);
    create table chartink_strategies (id integer primary key, name varchar(255), webhook_id varchar(36),
      user_id varchar(255), ${times});
    create table chartink_symbol_mappings (id integer primary key, strategy_id integer,
      chartink_symbol varchar(50), exchange varchar(10), quantity integer, product_type varchar(10));
    create table symtoken (id integer primary key, symbol varchar(50));
  `);
  db.exec('begin');
  insert(db, 'strategies', rows.strategies);
  insert(db, 'strategy_symbol_mappings', rows.mappings);
  insert(db, 'chartink_strategies', rows.chartink);
  insert(db, 'chartink_symbol_mappings', rows.chartinkMappings);
  db.exec('commit');
  db.close();
}

function insert(db: DatabaseSync, table: string, rows: Record<string, Value>[] = []): void {
  for (const row of rows) {
    const columns = Object.keys(row);
    const places = columns.map(() => '?').join(', ');
    db.prepare(`insert into ${table} (${columns.join(', ')}) values (${places})`).run(
      ...Object.values(row),
    );
  }
}

/** The webhook's id of the strategy with that number. */
export function webhookOf(number: number): string {
  return `0192aaaa-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** An intraday strategy as OpenAlgo's form makes it. */
export function openAlgoStrategy(id: number, changes: Record<string, Value> = {}) {
  return {
    id,
    name: `tradingview_strategy ${id}`,
    webhook_id: webhookOf(id),
    user_id: 'asha',
    platform: 'tradingview',
    trading_mode: 'LONG',
    is_active: 1,
    is_intraday: 1,
    start_time: '09:20',
    end_time: '15:00',
    squareoff_time: '15:10',
    ...changes,
  };
}

/** A ChartInk strategy; it has neither platform nor mode. */
export function chartinkStrategy(id: number, changes: Record<string, Value> = {}) {
  const { platform: _platform, trading_mode: _mode, ...strategy } = openAlgoStrategy(id, changes);
  return strategy;
}

export function openAlgoMapping(strategyId: number, changes: Record<string, Value> = {}) {
  return {
    strategy_id: strategyId,
    symbol: 'SBIN',
    exchange: 'NSE',
    quantity: 10,
    product_type: 'MIS',
    ...changes,
  };
}
