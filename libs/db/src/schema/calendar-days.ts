import type { CalendarSource } from '@orderlane/domain/calendar-lines';
import type { Exchange } from '@orderlane/domain/instrument';
import type { Generated } from 'kysely';

export interface CalendarDaysTable {
  /** `YYYY-MM-DD` of Asia/Kolkata. */
  date: string;
  exchange: Exchange;
  source: Exclude<CalendarSource, 'built_in'>;
  /** `HH:MM`; null, with `close`: closed. */
  open: string | null;
  close: string | null;
  note: string | null;
  /** A person, and by what they came: `cli:asha`. */
  added_by: string | null;
  added_at: Generated<Date>;
}
