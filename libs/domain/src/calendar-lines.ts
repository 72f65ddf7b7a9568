import type { Exchange } from './instrument.ts';
import { type Calendar, type CalendarDay, calendarOf2026 } from './market-calendar.ts';

/** `HH:MM` of Asia/Kolkata; a close before the open is on the next day. */
export interface Hours {
  open: string;
  close: string;
}

/** What is said of one exchange on one date. */
export interface CalendarLine {
  /** `YYYY-MM-DD` of Asia/Kolkata: the date on which a session begins. */
  date: string;
  exchange: Exchange;
  /** Null: closed. */
  hours: Hours | null;
  note: string | null;
}

/** Who says it; the later of them wins. */
export const calendarSources = ['built_in', 'openalgo', 'own'] as const;
export type CalendarSource = (typeof calendarSources)[number];

export interface SourcedLine extends CalendarLine {
  source: CalendarSource;
}

/**
 * What counts, one line for each date and exchange, by date: people's own lines go before
 * OpenAlgo's, and those before what is built in. A source that does not name a day says nothing of it.
 */
export function winningLines(stored: readonly SourcedLine[]): SourcedLine[] {
  const byKey = new Map<string, SourcedLine>();
  for (const source of calendarSources) {
    const lines = source === 'built_in' ? builtInLines : stored;
    for (const line of lines) {
      if (line.source === source) byKey.set(`${line.date} ${line.exchange}`, line);
    }
  }
  return [...byKey.values()].toSorted(
    (left, right) =>
      left.date.localeCompare(right.date) || left.exchange.localeCompare(right.exchange),
  );
}

/** The calendar that lines say. */
export function calendarOf(lines: readonly CalendarLine[]): Calendar {
  const days = Map.groupBy(lines, ({ date }) => date);
  return new Map([...days].map(([date, ofDay]) => [date, dayOf(ofDay)]));
}

function dayOf(lines: readonly CalendarLine[]): CalendarDay {
  return {
    closed: lines.flatMap(({ exchange, hours }) => (hours === null ? [exchange] : [])),
    special: lines.flatMap(({ exchange, hours }) =>
      hours === null ? [] : [{ exchange, ...hours }],
    ),
  };
}

const builtInLines: readonly SourcedLine[] = [...calendarOf2026].flatMap(([date, day]) => [
  ...day.closed.map((exchange) => builtIn({ date, exchange, hours: null })),
  ...day.special.map(({ exchange, open, close }) =>
    builtIn({ date, exchange, hours: { open, close } }),
  ),
]);

function builtIn(line: Omit<SourcedLine, 'source' | 'note'>): SourcedLine {
  return { ...line, source: 'built_in', note: null };
}
