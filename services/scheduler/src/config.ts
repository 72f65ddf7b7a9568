import {
  clockConfig,
  listenConfig,
  logConfig,
  openAlgoConfig,
  secretKeyConfig,
  storeConfig,
} from '@orderlane/runtime/common-config';
import { durationMs, integer, keptForMs, port, rate } from '@orderlane/runtime/config-fields';
import { z } from 'zod';
import { alertsConfig, checkTargets } from './alerts-config.ts';

export const configSchema = z
  .object({
    ...logConfig,
    ...listenConfig,
    ...storeConfig,
    ...clockConfig,
    ...secretKeyConfig,
    ...openAlgoConfig,
    SCHEDULER_PORT: port(8083),
    /** The lanes' own pace is written again with every sweep. */
    ORDER_RATE_LIMIT: rate('10 per second'),
    SMART_ORDER_RATE_LIMIT: rate('1 per second'),
    CONNECT_TIMEOUT_MS: durationMs('3 seconds'),
    KEEP_ALIVE_IDLE_MS: durationMs('1 second'),
    SWEEP_MS: durationMs('2 seconds'),
    /** Orders that one sweep puts back, and ends, at the most. */
    SWEEP_LIMIT: integer(1000, { min: 1, max: 100_000 }),
    /** Between two looks whose books are due. */
    BOOKS_CHECK_MS: durationMs('250 ms'),
    BOOKS_UNSETTLED_MS: durationMs('2 seconds'),
    /** After an order was accepted. */
    BOOKS_SOON_MS: durationMs('1 second'),
    BOOKS_OPEN_MS: durationMs('5 seconds'),
    BOOKS_IDLE_MS: durationMs('60 seconds'),
    /** Books are not read this soon after a smart order, which reads the positions. */
    SMART_REST_MS: durationMs('1100 ms'),
    /** A backlog of smart orders postpones a read by this much at the most. */
    BOOKS_POSTPONED_MS: durationMs('10 seconds'),
    BOOKS_TIMEOUT_MS: durationMs('10 seconds'),
    BOOKS_LEASE_MS: durationMs('30 seconds'),
    /** Some rows carry the status of the row before: one that might counts only when it lasts. */
    BOOKS_INHERITED_MS: durationMs('15 seconds'),
    /** OpenAlgo itself waits 120 seconds for a broker: a row may come as late. */
    ABSENT_AFTER_MS: durationMs('130 seconds'),
    /** OpenAlgo's calendar of a year is read again after this; it may change three days before. */
    CALENDAR_MS: durationMs('12 hours'),
    /** Before a calendar that could not be read, or not be believed, is asked for again. */
    CALENDAR_RETRY_MS: durationMs('10 minutes'),
    /** Between two rounds in which some symbols of an account are asked for. */
    SYMBOLS_CHECK_MS: durationMs('5 seconds'),
    /** Lot size and freeze quantity of a symbol are asked for again after this. */
    SYMBOLS_MS: durationMs('24 hours'),
    /** Whether a stock is in the closing auction is asked for again after this. */
    AUCTION_STOCKS_MS: durationMs('7 days'),
    SESSION_PROBE_MS: durationMs('5 seconds'),
    MODE_CHECK_MS: durationMs('60 seconds'),
    /** Whether OpenAlgo takes `client_order_id` with an order: it is asked again after this long. */
    CLIENT_ORDER_ID_CHECK_MS: durationMs('6 hours'),
    /** Without a tick for this long a scheduler ticks itself. */
    TICK_STALE_MS: durationMs('65 seconds'),
    TICK_CHECK_MS: durationMs('5 seconds'),
    /** So long before a square-off it is looked what would stand in its way. */
    SQUARE_OFF_PREFLIGHT_MS: durationMs('10 minutes'),
    /** How long a square-off is one scheduler's. */
    SQUARE_OFF_LEASE_MS: durationMs('30 seconds'),
    /** Exits wait this long at the most for the position book, and as long for its turn at the gate. */
    SQUARE_OFF_READ_MS: durationMs('3 seconds'),
    /** Before a position book that could not be read is read again. */
    SQUARE_OFF_RETRY_MS: durationMs('2 seconds'),
    /** How often the moves of orders are sealed. */
    SEAL_MS: durationMs('1 minute'),
    /** How often what is past its time is deleted. */
    PRUNE_MS: durationMs('1 hour'),
    /** How long signals are kept that became no order. */
    KEEP_SIGNALS: keptForMs('90 days'),
    /** How long orders that ended are kept, with their signals and closings; brokers keep theirs for five years. */
    KEEP_ORDERS: keptForMs('1827 days'),
    /** How long rows of order books are kept that no book shows any more. */
    KEEP_BOOKS: keptForMs('90 days'),
    KEEP_ALERTS: keptForMs('365 days'),
    /** How often what strategies own is compared with the account's books in session. */
    POSITIONS_CHECK_MS: durationMs('60 seconds'),
    /** Between two looks which closings are due. */
    CLOSING_CHECK_MS: durationMs('250 ms'),
    CLOSING_LEASE_MS: durationMs('30 seconds'),
    /** A closing order that rests unfilled for longer is cancelled and sent again. */
    CLOSING_REST_MS: durationMs('10 seconds'),
    /** Between tries to close once a person was told that they came to nothing. */
    CLOSING_RETRY_MS: durationMs('20 seconds'),
    /** Between the two position reads that prove a position closed, at the least; twice as long where they show it open after an exit filled. */
    CLOSING_PROOF_GAP_MS: durationMs('1500 ms'),
    /** A closing that nothing has proved for this long is told. */
    CLOSING_UNPROVED_MS: durationMs('60 seconds'),
    /** Before books that proved nothing are read again. */
    CLOSING_LOOK_MS: durationMs('2 seconds'),
    /** Before a closing that waits is looked at again, though nothing was heard. */
    CLOSING_WATCH_MS: durationMs('5 seconds'),
    /** How often what /metrics shows of the whole system is read. */
    METRICS_MS: durationMs('10 seconds'),
    ...alertsConfig,
    DATABASE_POOL_SIZE: integer(20, { min: 2, max: 500 }),
  })
  .superRefine(checkTargets);

export type SchedulerConfig = Readonly<z.infer<typeof configSchema>>;
