import { expect, it } from 'vitest';
import { parseBrokerTime } from './broker-time.ts';

const expected = Temporal.Instant.from('2025-04-08T13:58:03+05:30').epochMilliseconds;

it.each([
  '2025-04-08 13:58:03',
  '2025-04-08T13:58:03.000',
  '08-Apr-2025 13:58:03',
  '08-04-2025 13:58:03',
  '13:58:03 08-04-2025',
])('%s is a time of Asia/Kolkata', (text) => {
  expect(parseBrokerTime(text)).toBe(expected);
});

it.each([null, '', '13:58:03', '2025-13-40 13:58:03', 'yesterday'])('%s is no time', (text) => {
  expect(parseBrokerTime(text)).toBeNull();
});
