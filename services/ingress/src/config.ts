import {
  clockConfig,
  listenConfig,
  logConfig,
  storeConfig,
} from '@orderlane/runtime/common-config';
import { addresses, durationMs, integer, port, rate } from '@orderlane/runtime/config-fields';
import { z } from 'zod';

export const configSchema = z.object({
  ...logConfig,
  ...listenConfig,
  ...storeConfig,
  ...clockConfig,
  INGRESS_PORT: port(8080),
  /** Whose X-Forwarded-For is believed: the address that allowed_sources of a strategy looks at. */
  TRUSTED_PROXIES: addresses(),
  /** For each webhook id, not for each address: all TradingView users share four. */
  WEBHOOK_RATE_LIMIT: rate('100 per minute'),
  ORDER_RATE_LIMIT: rate('10 per second'),
  SMART_ORDER_RATE_LIMIT: rate('1 per second'),
  /** An entry that is not sent this long after its signal, and its lane's backlog, is void. */
  ENTRY_MAX_AGE: durationMs('60 seconds'),
  /** TradingView gives up after 3 s and does not send again; what is answered 503 it sends again. */
  WEBHOOK_ANSWER_WITHIN_MS: durationMs('2.5 seconds'),
  /** Calls that may have waited here for longer, for whatever reason, are refused. */
  WEBHOOK_MAX_WAIT_MS: durationMs('5 seconds'),
  /** Once it is to stop it takes calls for so long still, while /readyz answers 503. */
  STOP_NOTICE_MS: durationMs('3 seconds'),
  DATABASE_POOL_SIZE: integer(20, { min: 2, max: 500 }),
});

export type IngressConfig = Readonly<z.infer<typeof configSchema>>;
