import { expect, test } from 'vitest';
import { checkMappedHours, checkTimes } from './check-times.ts';
import { defaultSquareOff } from './default-square-off.ts';
import { exchanges } from './instrument.ts';
import { makeMapping } from './testing/make.ts';

const summer = Temporal.PlainDate.from('2026-08-10');
const winter = Temporal.PlainDate.from('2026-12-10');

test('MCX follows its close through the year', () => {
  expect(defaultSquareOff('MCX', summer)).toBe('22:55');
  expect(defaultSquareOff('MCX', winter)).toBe('23:20');
  expect(defaultSquareOff('NSE', winter)).toBe('15:10');
});

test('what is offered may be saved, on every exchange', () => {
  for (const exchange of exchanges) {
    const squareoffTime = defaultSquareOff(exchange, summer);
    const times = { isIntraday: true, startTime: '09:20', endTime: '14:00', squareoffTime };
    const mappings = [makeMapping({ exchange })];
    expect([
      exchange,
      [...checkTimes(times), ...checkMappedHours({ ...times, mappings }, summer)],
    ]).toEqual([exchange, []]);
  }
});
