import { z } from 'zod';
import { optionalTextSchema, quantitySchema, upperWordSchema } from './fields.ts';

/** A list that cannot be read spoils its row: taken as empty it would open what is closed. */
const exchangesSchema = z.array(upperWordSchema).nullish();

const sessionSchema = z
  .object({ exchange: upperWordSchema, start_time: quantitySchema, end_time: quantitySchema })
  .transform((session) => ({
    exchange: session.exchange,
    /** Epoch (ms). */
    startsAt: session.start_time,
    endsAt: session.end_time,
  }));

/** One day of OpenAlgo's calendar that is not like others. */
export const holidayRowSchema = z
  .object({
    /** `YYYY-MM-DD` of Asia/Kolkata. */
    date: z.iso.date(),
    description: optionalTextSchema,
    holiday_type: upperWordSchema,
    closed_exchanges: exchangesSchema,
    open_exchanges: z.array(sessionSchema).nullish(),
  })
  .transform((row) => ({
    date: row.date,
    description: row.description,
    /** TRADING_HOLIDAY, SETTLEMENT_HOLIDAY (trading as usual) or SPECIAL_SESSION. */
    kind: row.holiday_type,
    closedExchanges: row.closed_exchanges ?? [],
    openExchanges: row.open_exchanges ?? [],
  }));

export type HolidayRow = z.infer<typeof holidayRowSchema>;
