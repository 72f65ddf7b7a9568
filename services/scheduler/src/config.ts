import {
  clockConfig,
  listenConfig,
  logConfig,
  storeConfig,
} from '@orderlane/runtime/common-config';
import { durationMs, integer, port, rate, secretKey } from '@orderlane/runtime/config-fields';
import { z } from 'zod';

export const configSchema = z.object({
  ...logConfig,
  ...listenConfig,
  ...storeConfig,
  ...clockConfig,
  ORDERLANE_SECRET_KEY: secretKey(),
  SCHEDULER_PORT: port(8083),
  /** The lanes' own pace is written again with every sweep. */
  ORDER_RATE_LIMIT: rate('10 per second'),
  SMART_ORDER_RATE_LIMIT: rate('1 per second'),
  SWEEP_MS: durationMs('2 seconds'),
  /** Orders that one sweep puts back, and ends, at the most. */
  SWEEP_LIMIT: integer(1000, { min: 1, max: 100_000 }),
  DATABASE_POOL_SIZE: integer(20, { min: 2, max: 500 }),
});

export type SchedulerConfig = Readonly<z.infer<typeof configSchema>>;
