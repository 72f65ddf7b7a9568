import { clockConfig } from '@orderlane/runtime/common-config';
import { type Environment, parseConfig } from '@orderlane/runtime/config';
import { createTradingClock } from '@orderlane/runtime/trading-clock';
import { z } from 'zod';

/** The moment in Asia/Kolkata, by the trading clock. @throws ConfigError */
export function readNow(environment: Environment): Temporal.ZonedDateTime {
  const { TRADING_CLOCK } = parseConfig(z.object(clockConfig), environment);
  return createTradingClock(TRADING_CLOCK)().withTimeZone('Asia/Kolkata');
}

/** Its date: market hours are those of that day. */
export function readToday(environment: Environment): Temporal.PlainDate {
  return readNow(environment).toPlainDate();
}
