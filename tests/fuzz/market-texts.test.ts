import { parseBrokerTime } from '@orderlane/domain/broker-time';
import { checkCalendarEntry } from '@orderlane/domain/calendar-entry';
import { calendarOf, winningLines } from '@orderlane/domain/calendar-lines';
import { clientOrderId, orderOfClientId } from '@orderlane/domain/client-order-id';
import { expiryOf, parseContract } from '@orderlane/domain/contract';
import { brandIds } from '@orderlane/domain/ids';
import { exchanges } from '@orderlane/domain/instrument';
import { readHolidays } from '@orderlane/domain/read-holidays';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endlessTexts, textLike, unsoundNumber } from '../support/anything.ts';

const times = [
  '2025-10-05 09:20:00',
  '08-Apr-2025 13:58:03',
  '08-04-2025 13:58:03',
  '13:58:03 08-Apr-2025',
];

test('a time of a broker is an instant or none', () => {
  const isSound = (text: string) => {
    expect(unsoundNumber(parseBrokerTime(text))).toBeUndefined();
  };
  fc.assert(fc.property(textLike(...times), isSound));
  for (const text of endlessTexts(...times)) isSound(text);
});

test('a time is read back as it was written, in each form', () => {
  const months = [
    'Jan',
    'Feb',
    'Mar',
    'Apr',
    'May',
    'Jun',
    'Jul',
    'Aug',
    'Sep',
    'Oct',
    'Nov',
    'Dec',
  ];
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
  const property = fc.property(seconds, (second) => {
    const at = Temporal.Instant.fromEpochMilliseconds(second * 1000);
    const local = at.toZonedDateTimeISO('Asia/Kolkata');
    const [date, time] = local.toPlainDateTime().toString({ smallestUnit: 'second' }).split('T');
    const [year, month, day] = date?.split('-') ?? [];
    const name = months[local.month - 1];
    const written = [
      `${date} ${time}`,
      `${day}-${name}-${year} ${time}`,
      `${day}-${month}-${year} ${time}`,
      `${time} ${day}-${name}-${year}`,
    ];
    for (const text of written) expect(parseBrokerTime(text)).toBe(second * 1000);
  });
  fc.assert(property);
});

test('an id of ours is read back, and what is none of ours is none', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 1, max: 999 }), (id, attempt) => {
      const order = brandIds.order(id);
      expect(orderOfClientId(clientOrderId(order, attempt))).toBe(order);
    }),
  );
  const ours = clientOrderId(brandIds.order('0192aaaa-0000-7000-8000-000000000001'), 1);
  const isSound = (text: string) => {
    const order = orderOfClientId(text);
    if (order !== null) expect(order).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  };
  fc.assert(fc.property(textLike(ours), isSound));
  for (const text of endlessTexts(ours, 'f', '0')) isSound(text);
});

const contracts = [
  'NIFTY28OCT25FUT',
  'NIFTY28OCT2525000CE',
  'USDINR29OCT2583.25PE',
  'M&M28OCT25FUT',
];

test('a symbol is a contract with a date and a strike, or none', () => {
  const isSound = (symbol: string) => {
    const contract = parseContract(symbol);
    expect(unsoundNumber(contract?.strike)).toBeUndefined();
    for (const exchange of exchanges) expiryOf({ exchange, symbol });
  };
  fc.assert(fc.property(textLike(...contracts), isSound));
  for (const text of endlessTexts(...contracts, '28OCT25', 'OCT', '28', '9.')) isSound(text);
});

const drafts = fc.record({
  date: textLike('2027-02-01', '2028-02-29', '2027-02-30'),
  exchanges: textLike('NSE', 'NSE,NFO', 'nse, mcx'),
  hours: textLike('09:15-15:30', 'closed', '9:15 - 15:30', '17:00-23:55'),
  note: fc.option(textLike('Budget')),
});

test('a line of the calendar is taken, and then means the same, or is refused with its field', () => {
  const property = fc.property(drafts, (draft) => {
    const checked = checkCalendarEntry(draft);
    if (!checked.ok) {
      expect(checked.issues.length).toBeGreaterThan(0);
      return;
    }
    const own = checked.lines.map((line) => ({ ...line, source: 'own' as const }));
    const calendar = calendarOf(winningLines(own));
    for (const { date, exchange, hours } of checked.lines) {
      const day = calendar.get(date);
      expect(day?.closed.includes(exchange)).toBe(hours === null);
      if (hours !== null) expect(day?.special).toContainEqual({ exchange, ...hours });
    }
  });
  fc.assert(property, { numRuns: 500 });
  for (const text of endlessTexts('NSE,', '09:', '2027-')) {
    checkCalendarEntry({ date: text, exchanges: text, hours: text, note: text });
  }
});

const day = fc
  .integer({ min: 1, max: 28 })
  .map((date) => `2026-02-${String(date).padStart(2, '0')}`);
const instant = fc.oneof(
  fc.integer({ min: 1_769_900_000, max: 1_772_300_000 }).map((second) => second * 1000),
  fc.maxSafeInteger(),
  fc.constantFrom(8.64e15, -8.64e15, 8.64e15 + 1, 0),
);
const named = fc.constantFrom('NSE', 'MCX', 'XYZ', '__proto__');
const holiday = fc.record({
  date: day,
  description: fc.option(fc.string()),
  kind: fc.constantFrom('TRADING_HOLIDAY', 'SETTLEMENT_HOLIDAY', 'SPECIAL_SESSION', 'constructor'),
  closedExchanges: fc.array(named),
  openExchanges: fc.array(fc.record({ exchange: named, startsAt: instant, endsAt: instant })),
});

test("OpenAlgo's calendar of a year is lines of known exchanges, or proves nothing", () => {
  fc.assert(
    fc.property(fc.array(holiday), (rows) => {
      const read = readHolidays(rows, 2026);
      if (!read.ok) expect(read.flaw).not.toBe('');
      const lines = read.ok ? read.lines : [];
      for (const { exchange } of lines) expect(exchanges).toContain(exchange);
      calendarOf(lines);
    }),
    { numRuns: 500 },
  );
});
