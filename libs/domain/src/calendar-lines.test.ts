import { expect, it } from 'vitest';
import { calendarOf, type SourcedLine, winningLines } from './calendar-lines.ts';
import { calendarOf2026 } from './market-calendar.ts';
import { sessionOf } from './market-sessions.ts';

function line(values: Partial<SourcedLine>): SourcedLine {
  return {
    ...{ date: '2026-10-20', exchange: 'NSE', hours: null, note: null, source: 'own' },
    ...values,
  };
}

/** What counts for one exchange on one date. */
function said(stored: readonly SourcedLine[], exchange = 'NSE', date = '2026-10-20') {
  const won = winningLines(stored).filter(
    (each) => each.date === date && each.exchange === exchange,
  );
  return won.map(({ source, hours }) => `${source} ${hours?.open ?? 'closed'}`);
}

const own = line({ hours: { open: '09:15', close: '15:30' } });
const fetched = line({ source: 'openalgo', hours: { open: '18:00', close: '19:15' } });

it('is what is built in, then what OpenAlgo says, then what people say', () => {
  expect(said([])).toEqual(['built_in closed']);
  expect(said([fetched])).toEqual(['openalgo 18:00']);
  expect(said([fetched, own])).toEqual(['own 09:15']);
  expect(said([own, fetched])).toEqual(['own 09:15']);
});

it('keeps of each exchange and date what the better source does not name', () => {
  expect(said([own], 'BSE')).toEqual(['built_in closed']);
  expect(said([line({ date: '2026-10-21' })])).toEqual(['built_in closed']);
  // OpenAlgo does not know the Sunday of the budget.
  expect(said([fetched], 'NSE', '2026-02-01')).toEqual(['built_in 09:15']);
});

it('is listed by date and exchange', () => {
  const listed = winningLines([line({ date: '2027-01-26' }), line({ date: '2025-12-31' })]);
  expect(listed.at(0)?.date).toBe('2025-12-31');
  expect(listed.at(-1)?.date).toBe('2027-01-26');
});

it('says what is built in where nobody says anything else', () => {
  const calendar = calendarOf(winningLines([]));
  for (const [date, day] of calendarOf2026) {
    const got = calendar.get(date);
    expect(new Set(got?.closed)).toEqual(new Set(day.closed));
    expect(new Set(got?.special)).toEqual(new Set(day.special));
  }
});

it('opens a holiday for the exchange whose hours a person entered, and no other', () => {
  const calendar = calendarOf(winningLines([own]));
  const date = Temporal.PlainDate.from('2026-10-20');
  expect(sessionOf('NSE', date, calendar)?.closesAt.toPlainTime().toString()).toBe('15:30:00');
  expect(sessionOf('BSE', date, calendar)).toBeUndefined();
  const closed = calendarOf(winningLines([line({ date: '2026-02-10' })]));
  const ordinary = Temporal.PlainDate.from('2026-02-10');
  expect(sessionOf('NSE', ordinary, closed)).toBeUndefined();
  expect(sessionOf('BSE', ordinary, closed)).toBeDefined();
});
