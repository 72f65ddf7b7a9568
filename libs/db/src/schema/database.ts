import type { AlertsTable } from './alerts.ts';
import type { AuditLogTable } from './audit-log.ts';
import type { BookReadsTable } from './book-reads.ts';
import type { BrakesTable } from './brakes.ts';
import type { BrokerOrdersTable } from './broker-orders.ts';
import type { ClockTable } from './clock.ts';
import type { ClosingsTable } from './closings.ts';
import type { ExecutionsTable } from './executions.ts';
import type { LastSignalsTable } from './last-signals.ts';
import type { OpenAlgoAccountsTable } from './openalgo-accounts.ts';
import type { OrderEventsTable } from './order-events.ts';
import type { OrdersTable } from './orders.ts';
import type { PositionsTable } from './positions.ts';
import type { SignalKeysTable } from './signal-keys.ts';
import type { SignalsTable } from './signals.ts';
import type { SquareOffsTable } from './square-offs.ts';
import type { StrategiesTable } from './strategies.ts';
import type { StrategyInstrumentsTable } from './strategy-instruments.ts';
import type { StrategySymbolMappingsTable } from './strategy-symbol-mappings.ts';
import type { SubmissionsTable } from './submissions.ts';
import type { WorkLeasesTable } from './work-leases.ts';

/** Every table; a test compares it with what the migrations make. */
export interface Database {
  alerts: AlertsTable;
  audit_log: AuditLogTable;
  book_reads: BookReadsTable;
  brakes: BrakesTable;
  broker_orders: BrokerOrdersTable;
  clock: ClockTable;
  closings: ClosingsTable;
  executions: ExecutionsTable;
  last_signals: LastSignalsTable;
  openalgo_accounts: OpenAlgoAccountsTable;
  order_events: OrderEventsTable;
  orders: OrdersTable;
  positions: PositionsTable;
  signal_keys: SignalKeysTable;
  signals: SignalsTable;
  square_offs: SquareOffsTable;
  strategies: StrategiesTable;
  strategy_instruments: StrategyInstrumentsTable;
  strategy_symbol_mappings: StrategySymbolMappingsTable;
  submissions: SubmissionsTable;
  work_leases: WorkLeasesTable;
}
