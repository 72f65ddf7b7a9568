import { expect, it } from 'vitest';
import { calendarOf2026 } from './market-calendar.ts';
import { isMovedBeforeNow, type SquareOffMove } from './square-off-moved.ts';
import { at, makeStrategy } from './testing/make.ts';

/** Moved from 15:15 to 14:00 at 14:30, before any square-off of the day, with what a test changes. */
function isAsked(changes: Partial<SquareOffMove>): boolean {
  return isMovedBeforeNow({
    before: makeStrategy(),
    after: makeStrategy({ squareoffTime: '14:00' }),
    now: at('14:30'),
    calendar: calendarOf2026,
    lastDueTime: null,
    ...changes,
  });
}

it.each([
  ['moved before now', {}],
  ['made intraday by a time that is over', { before: makeStrategy({ squareoffTime: null }) }],
  ['moved later than its last square-off, and before now', { lastDueTime: '13:00' }],
] as [string, Partial<SquareOffMove>][])('asked: %s', (_name, changes) => {
  expect(isAsked(changes)).toBe(true);
});

it.each([
  ['moved later than now', { after: makeStrategy({ squareoffTime: '14:45' }) }],
  ['not moved', { before: makeStrategy({ squareoffTime: '14:00' }) }],
  ['made positional', { after: makeStrategy({ squareoffTime: null, isIntraday: false }) }],
  ['squared off by a later time already', { lastDueTime: '14:20' }],
  ['moved after the close', { now: at('15:40') }],
  ['moved before the day has begun', { now: at('08:00') }],
  ['moved on a holiday', { now: at('14:30', '2026-01-26') }],
] as [string, Partial<SquareOffMove>][])('not asked: %s', (_name, changes) => {
  expect(isAsked(changes)).toBe(false);
});
