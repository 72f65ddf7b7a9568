import { clockConfig } from '@orderlane/runtime/common-config';
import { type Environment, parseConfig } from '@orderlane/runtime/config';
import { createTradingClock } from '@orderlane/runtime/trading-clock';
import { z } from 'zod';

/** The date of Asia/Kolkata, by the trading clock: market hours are those of that day. */
export function readToday(environment: Environment): Temporal.PlainDate {
  const { TRADING_CLOCK } = parseConfig(z.object(clockConfig), environment);
  return createTradingClock(TRADING_CLOCK)().toPlainDate();
}
