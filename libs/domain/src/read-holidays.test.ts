import { describe, expect, it } from 'vitest';
import { type HolidayRow, readHolidays } from './read-holidays.ts';
import { at } from './testing/make.ts';

const stockExchanges = ['NSE', 'BSE', 'NFO', 'BFO', 'CDS', 'BCD'];

/** `hours` as in `18:00-00:15`; `endDate`: where it does not end on its own day. */
function session(...[exchange, date, hours, endDate = date]: [string, string, string, string?]) {
  const [from = '', to = ''] = hours.split('-');
  return {
    exchange,
    startsAt: at(from, date).epochMilliseconds,
    endsAt: at(to, endDate).epochMilliseconds,
  };
}

function row(date: string, changes: Partial<HolidayRow> = {}): HolidayRow {
  return {
    date,
    description: 'Dussehra',
    kind: 'TRADING_HOLIDAY',
    closedExchanges: stockExchanges,
    openExchanges: [],
    ...changes,
  };
}

/** `2026-10-20 NSE closed`, or the flaw. */
function said(rows: readonly HolidayRow[], year = 2026): string[] | string {
  const read = readHolidays(rows, year);
  if (!read.ok) return read.flaw;
  return read.lines.map(({ date, exchange, hours }) =>
    [date, exchange, hours === null ? 'closed' : `${hours.open}-${hours.close}`].join(' '),
  );
}

const open = (openExchanges: HolidayRow['openExchanges']) => ({
  kind: 'SPECIAL_SESSION',
  closedExchanges: [],
  openExchanges,
});

it('closes the exchanges of a holiday, and opens those that have an evening', () => {
  const evening = [session('MCX', '2026-11-10', '17:00-23:55')];
  const rows = [row('2026-11-10', { closedExchanges: ['NSE', 'NFO'], openExchanges: evening })];
  expect(said(rows)).toEqual([
    '2026-11-10 NSE closed',
    '2026-11-10 NFO closed',
    '2026-11-10 MCX 17:00-23:55',
  ]);
  expect(readHolidays(rows, 2026)).toMatchObject({ lines: [{ note: 'Dussehra' }, {}, {}] });
});

it('closes commodities at 23:30 while New York is on summer time, whatever OpenAlgo says', () => {
  const evening = (date: string) => [
    row(date, { closedExchanges: [], openExchanges: [session('MCX', date, '17:00-23:55')] }),
  ];
  expect(said(evening('2026-03-26'))).toEqual(['2026-03-26 MCX 17:00-23:30']);
  expect(said(evening('2026-10-20'))).toEqual(['2026-10-20 MCX 17:00-23:30']);
  expect(said(evening('2026-03-03'))).toEqual(['2026-03-03 MCX 17:00-23:55']);
});

it('takes Muhurat trading, which ends after midnight on MCX', () => {
  const sessions = [
    session('NSE', '2026-11-08', '18:00-19:15'),
    session('MCX', '2026-11-08', '18:00-00:15', '2026-11-09'),
  ];
  expect(said([row('2026-11-08', open(sessions))])).toEqual([
    '2026-11-08 NSE 18:00-19:15',
    '2026-11-08 MCX 18:00-00:15',
  ]);
});

it('takes a settlement holiday for the day of trading that it is', () => {
  const settlement = row('2026-02-19', { kind: 'SETTLEMENT_HOLIDAY', closedExchanges: ['NSE'] });
  expect(said([settlement, row('2026-04-03', { closedExchanges: ['NSE'] })])).toEqual([
    '2026-04-03 NSE closed',
  ]);
});

it('reads a closed day with an evening in two rows, in either order', () => {
  const closed = row('2026-11-08', { closedExchanges: ['NSE'] });
  const muhurat = row('2026-11-08', open([session('NSE', '2026-11-08', '18:00-19:15')]));
  expect(said([closed, muhurat])).toEqual(['2026-11-08 NSE 18:00-19:15']);
  expect(said([muhurat, closed])).toEqual(['2026-11-08 NSE 18:00-19:15']);
});

it('makes one session of two that follow each other, as on days of rehearsal', () => {
  const sessions = [
    session('NSE', '2026-05-16', '11:30-12:30'),
    session('NSE', '2026-05-16', '09:15-10:00'),
  ];
  expect(said([row('2026-05-16', open(sessions))])).toEqual(['2026-05-16 NSE 09:15-12:30']);
});

it('knows nothing of exchanges that are not ours', () => {
  const openExchanges = [{ exchange: 'CRYPTO', startsAt: 0, endsAt: 1 }];
  const closedExchanges = ['NSE_INDEX', 'XYZ', 'NSE'];
  expect(said([row('2026-04-03', { closedExchanges, openExchanges })])).toEqual([
    '2026-04-03 NSE closed',
  ]);
});

describe('an answer that cannot be right proves nothing', () => {
  const good = row('2026-04-03');
  const date = '2026-10-20';

  it.each([
    ['is empty', [], 'it names no holiday'],
    ['has settlement holidays only', [row(date, { kind: 'SETTLEMENT_HOLIDAY' })], 'it names no'],
    ['names no exchange', [row(date, { closedExchanges: [] })], 'it names no holiday'],
    ['is of another year', [good, row('2025-10-20')], '2025-10-20 (Dussehra) is not in 2026'],
    [
      'has hours of another year, as old versions do',
      [good, row(date, { openExchanges: [session('MCX', '2025-10-20', '17:00-23:55')] })],
      '2026-10-20 (Dussehra) has hours of MCX that are not of that day',
    ],
    [
      'has hours that a server elsewhere moved into the night',
      [row(date, { openExchanges: [session('MCX', date, '22:30-05:25', '2026-10-21')] })],
      'not of that day',
    ],
    [
      'ends before it starts',
      [row(date, { openExchanges: [session('MCX', date, '23:55-17:00')] })],
      'not of that day',
    ],
    [
      'takes no time',
      [row(date, { openExchanges: [session('MCX', date, '17:00-17:00')] })],
      'not of that day',
    ],
    [
      'lasts for days',
      [row(date, { openExchanges: [session('MCX', date, '18:00-00:15', '2026-10-22')] })],
      'not of that day',
    ],
    [
      'has hours that are no time',
      [row(date, { openExchanges: [{ exchange: 'MCX', startsAt: 1e17, endsAt: 2e17 }] })],
      'that are no time',
    ],
    [
      'has two sessions at once',
      [
        row(date, open([session('NSE', date, '09:15-12:30')])),
        row(date, open([session('NSE', date, '12:00-15:30')])),
      ],
      '2026-10-20 (Dussehra) has two sessions of NSE at once',
    ],
  ])('it %s', (_what, rows, flaw) => {
    expect(said(rows)).toEqual(expect.stringContaining(flaw));
  });

  it('but the same session twice is one', () => {
    const twice = [session('NSE', date, '18:00-19:15'), session('NSE', date, '18:00-19:15')];
    expect(said([row(date, open(twice))])).toEqual(['2026-10-20 NSE 18:00-19:15']);
  });
});
