import { expect, it } from 'vitest';
import { calendarOf2026 } from './market-calendar.ts';
import { nextSquareOff } from './next-square-off.ts';
import { at } from './testing/make.ts';

function next(
  now: Temporal.ZonedDateTime,
  times: Partial<Parameters<typeof nextSquareOff>[0]> = {},
  calendar: Parameters<typeof nextSquareOff>[1]['calendar'] = calendarOf2026,
): string | undefined {
  const found = nextSquareOff(
    { squareoffTime: '15:15', exchanges: ['NSE'], ...times },
    { now, calendar },
  );
  return found && `${found.sessionDate} ${found.dueAt.toPlainTime()} ${found.rule}`;
}

it('is today while its time is to come, and the next session from then on', () => {
  expect(next(at('15:14:59'))).toBe('2026-02-10 15:15:00 set_time');
  expect(next(at('15:15'))).toBe('2026-02-11 15:15:00 set_time');
  // Over a weekend.
  expect(next(at('16:00', '2026-02-13'))).toBe('2026-02-16 15:15:00 set_time');
});

it('comes earlier in a session that is shorter than the time', () => {
  const special = [{ exchange: 'NSE', open: '09:15', close: '12:30' }] as const;
  const calendar = new Map([['2026-02-10', { closed: [], special }]]);
  expect(next(at('09:30'), {}, calendar)).toBe('2026-02-10 12:15:00 short_session');
});

it('is none where no exchange is open for two weeks, or none is known', () => {
  const dates = Array.from({ length: 16 }, (_, day) =>
    Temporal.PlainDate.from('2026-02-09').add({ days: day }).toString(),
  );
  const calendar = new Map(
    dates.map((date) => [date, { closed: ['NSE'], special: [] }] as const),
  ) as Parameters<typeof nextSquareOff>[1]['calendar'];
  expect(next(at('10:00'), {}, calendar)).toBeUndefined();
  expect(next(at('10:00'), { exchanges: [] })).toBeUndefined();
});
