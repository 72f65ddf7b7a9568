import {
  listenConfig,
  logConfig,
  openAlgoConfig,
  secretKeyConfig,
  storeConfig,
} from '@orderlane/runtime/common-config';
import { durationMs, durationsMs, integer, port, rate } from '@orderlane/runtime/config-fields';
import { z } from 'zod';

export const configSchema = z.object({
  ...logConfig,
  ...listenConfig,
  ...storeConfig,
  ...secretKeyConfig,
  ...openAlgoConfig,
  EXECUTOR_PORT: port(8082),
  ORDER_RATE_LIMIT: rate('10 per second'),
  SMART_ORDER_RATE_LIMIT: rate('1 per second'),
  /** Jobs of one lane that one process works on at a time. */
  REGULAR_LANE_CONCURRENCY: integer(200, { min: 1, max: 1000 }),
  SMART_LANE_CONCURRENCY: integer(4, { min: 1, max: 100 }),
  CALL_TIMEOUT_MS: durationMs('125 seconds'),
  CONNECT_TIMEOUT_MS: durationMs('3 seconds'),
  /** The request must have been written this long after the claim. */
  SEND_WINDOW_MS: durationMs('3 seconds'),
  LEASE_MS: durationMs('15 seconds'),
  LEASE_RENEWAL_MS: durationMs('5 seconds'),
  /** A grant of the gate that took longer to arrive is not used. */
  GRANT_MAX_AGE_MS: durationMs('20 ms'),
  /** Waits before the attempts that follow one that was surely not sent; the last one repeats. */
  RETRY_DELAYS_MS: durationsMs('500 ms, 1 second, 2 seconds, 5 seconds'),
  /** Before an order that was claimed but not called is tried again. */
  GIVE_BACK_WAIT_MS: durationMs('100 ms'),
  /** An exit waits this long at the most for an older call in flight. */
  EXIT_WAIT_MS: durationMs('10 seconds'),
  /** OpenAlgo serves positions from a cache of one second; smart orders compute from them. */
  SMART_REST_MS: durationMs('1100 ms'),
  /** An exit of a strategy's own position waits this long at the most for the position book. */
  EXIT_POSITION_READ_MS: durationMs('3 seconds'),
  /** A position book is read again for an exit when the last read is older. */
  POSITION_FRESH_MS: durationMs('1100 ms'),
  KEEP_ALIVE_IDLE_MS: durationMs('1 second'),
  JOB_LOCK_MS: durationMs('3 seconds'),
  STALLED_CHECK_MS: durationMs('1 second'),
  /** A lane is served for so long after the last order that came to it. */
  LANE_KEEP_MS: durationMs('5 minutes'),
  /** How often the accounts of lanes that are served are read again. */
  ACCOUNTS_REFRESH_MS: durationMs('2 seconds'),
  /** A lane on which jobs wait so long, while this process has room, makes it end to be started anew. */
  SILENT_LANE_MS: durationMs('60 seconds'),
  DATABASE_POOL_SIZE: integer(20, { min: 2, max: 500 }),
});

export type ExecutorConfig = Readonly<z.infer<typeof configSchema>>;
