import { describe, expect, it } from 'vitest';
import { type CalendarDraft, checkCalendarEntry } from './calendar-entry.ts';

const draft: CalendarDraft = {
  date: '2027-02-01',
  exchanges: 'NSE,NFO',
  hours: '09:15-15:30',
  note: null,
};

function check(changes: Partial<CalendarDraft>) {
  const checked = checkCalendarEntry({ ...draft, ...changes });
  return checked.ok ? checked.lines : checked.issues.map(({ text }) => text);
}

describe('a line of the calendar', () => {
  it('is one for each exchange', () => {
    const hours = { open: '09:15', close: '15:30' };
    expect(check({ note: ' Budget ' })).toEqual([
      { date: '2027-02-01', exchange: 'NSE', hours, note: 'Budget' },
      { date: '2027-02-01', exchange: 'NFO', hours, note: 'Budget' },
    ]);
  });

  it('closes, in any case, each exchange once', () => {
    expect(check({ exchanges: ' nse, NSE ,mcx', hours: ' CLOSED ', note: ' ' })).toEqual([
      { date: '2027-02-01', exchange: 'NSE', hours: null, note: null },
      { date: '2027-02-01', exchange: 'MCX', hours: null, note: null },
    ]);
  });

  it.each([
    ['18:00-00:15', { open: '18:00', close: '00:15' }], // Muhurat on MCX
    ['9:15 - 12:30', { open: '09:15', close: '12:30' }],
  ])('takes %s', (hours, expected) => {
    expect(check({ exchanges: 'MCX', hours })).toMatchObject([{ hours: expected }]);
  });

  it.each([
    [{ date: '2027-02-30' }, /2027-02-30 is no date/],
    [{ date: '1.2.2027' }, /write it as 2027-02-01/],
    [{ date: '' }, /Nothing is no date/],
    [{ date: '2072-02-01' }, /year must be from 2020 to 2050/],
    [{ date: '2027-02-01T10:00' }, /is no date/],
    [{ exchanges: '' }, /Unknown exchange: \(none\)/],
    [{ exchanges: 'NSE,NYSE' }, /Unknown exchange: NYSE. Known are NSE, BSE/],
    [{ exchanges: 'NSE;NFO' }, /Unknown exchange: NSE;NFO/],
    [{ hours: '15:30-09:15' }, /ends before it starts/],
    [{ hours: '09:15-09:15' }, /ends before it starts/],
    [{ hours: '22:00-04:00' }, /ends before it starts/],
    [{ hours: '09:15-24:00' }, /no time of day/],
    [{ hours: '09:75-15:30' }, /no time of day/],
    [{ hours: 'open' }, /Write the hours as 09:15-15:30, or closed/],
    [{ hours: '' }, /Write the hours/],
    [{ note: 'x'.repeat(201) }, /note is too long/],
  ])('is refused with %j', (changes, text) => {
    expect(check(changes)).toEqual([expect.stringMatching(text)]);
  });

  it('is refused with all that is wrong at once', () => {
    expect(check({ date: 'x', exchanges: 'y', hours: 'z' })).toHaveLength(3);
  });
});
