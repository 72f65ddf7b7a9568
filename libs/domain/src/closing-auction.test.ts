import { expect, it } from 'vitest';
import { holdUntil, isInClosingAuction } from './closing-auction.ts';
import { at } from './testing/make.ts';

const share = { exchange: 'NSE' } as const;
const shown = (until: Temporal.ZonedDateTime | undefined) =>
  until?.toString({ timeZoneName: 'never' });

it.each([
  ['15:14:59.999', undefined],
  ['15:15:00', '2026-09-01T15:20:00+05:30'],
  ['15:17:30', '2026-09-01T15:20:00+05:30'],
  ['15:19:59.999', '2026-09-01T15:20:00+05:30'],
  ['15:20:00', undefined],
  ['15:24:00', undefined],
  ['03:15:00', undefined],
])('an exit of an auction stock that is due at %s is held until %s', (time, until) => {
  expect(shown(holdUntil(share, at(time, '2026-09-01'), true))).toBe(until);
  expect(shown(holdUntil({ exchange: 'BSE' }, at(time, '2026-09-01'), true))).toBe(until);
});

it('what is in no auction is never held', () => {
  const now = at('15:17', '2026-09-01');
  expect(holdUntil(share, now, false)).toBeUndefined();
  expect(holdUntil({ exchange: 'NFO' }, now, true)).toBeUndefined();
  expect(holdUntil({ exchange: 'MCX' }, now, true)).toBeUndefined();
});

it('nothing was held before the auction began, on 3 August 2026', () => {
  expect(holdUntil(share, at('15:17', '2026-07-31'), true)).toBeUndefined();
  expect(holdUntil(share, at('15:17', '2026-08-03'), true)).toBeDefined();
});

it('looks at the time in Asia/Kolkata, whatever zone it is given', () => {
  const now = at('15:17', '2026-09-01').withTimeZone('America/New_York');
  expect(shown(holdUntil(share, now, true))).toBe('2026-09-01T15:20:00+05:30');
});

it.each([
  ['15:14:59', false],
  ['15:15:00', true],
  ['15:29:59', true],
  // Order entry is over, and the orders are matched.
  ['15:34:59', true],
  ['15:35:00', false],
])('the auction at %s: %s', (time, isOn) => {
  expect(isInClosingAuction(share, at(time, '2026-09-01'), true)).toBe(isOn);
  expect(isInClosingAuction(share, at(time, '2026-09-01'), false)).toBe(false);
});
