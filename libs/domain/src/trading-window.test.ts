import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from './order-plan.ts';
import { at, makeStrategy } from './testing/make.ts';
import { checkWindow, type WindowWording } from './trading-window.ts';

const times = makeStrategy();

function textAt(time: string, role: Role, wording: WindowWording = 'order') {
  return checkWindow(times, { role, now: at(time), wording })?.text;
}

describe('an intraday window of 09:20, 15:00, 15:15', () => {
  it.each([
    ['09:19:59', 'entry', 'Entry orders not allowed before start time'],
    ['09:20:00', 'entry', undefined],
    ['15:00:59', 'entry', undefined],
    ['15:01:00', 'entry', 'Entry orders not allowed after end time'],
    ['15:30:00', 'entry', 'Entry orders not allowed after end time'],
    ['09:19:59', 'exit', 'Exit orders not allowed before start time'],
    ['09:20:00', 'exit', undefined],
    ['15:01:00', 'exit', undefined],
    ['15:15:59', 'exit', undefined],
    ['15:16:00', 'exit', 'Exit orders not allowed after square off time'],
  ] as const)('at %s, %s: %s', (time, role, text) => {
    expect(textAt(time, role)).toBe(text);
  });

  it.each([
    ['09:19:59', 'entry', 'Cannot place orders before start time'],
    ['09:19:59', 'exit', 'Cannot place orders before start time'],
    ['15:00:59', 'entry', undefined],
    ['15:01:00', 'entry', 'Cannot place entry orders after end time'],
    ['15:15:59', 'entry', 'Cannot place entry orders after end time'],
    ['15:16:00', 'entry', 'Cannot place orders after squareoff time'],
    ['15:15:59', 'exit', undefined],
    ['15:16:00', 'exit', 'Cannot place orders after squareoff time'],
  ] as const)("in ChartInk's words at %s, %s: %s", (time, role, text) => {
    expect(textAt(time, role, 'scan')).toBe(text);
  });
});

it('counts the minutes of Asia/Kolkata, whatever zone the clock is in', () => {
  const now = at('15:00:30').withTimeZone('America/New_York');
  expect(checkWindow(times, { role: 'entry', now, wording: 'order' })).toBeUndefined();
});

it('does not exist for a positional strategy', () => {
  const positional = makeStrategy({ isIntraday: false });
  const now = at('02:00');
  expect(checkWindow(positional, { role: 'entry', now, wording: 'order' })).toBeUndefined();
});

it('is open exactly from the first minute to the end of the last', () => {
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const text = (value: number) =>
    `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`;
  fc.assert(
    fc.property(fc.tuple(minute, minute, minute), minute, (bounds, now) => {
      const [start, end, squareoff] = [...bounds].sort((a, b) => a - b);
      if (start === undefined || end === undefined || squareoff === undefined) return;
      const strategy = makeStrategy({
        startTime: text(start),
        endTime: text(end),
        squareoffTime: text(squareoff),
      });
      const isOpen = (role: Role) =>
        checkWindow(strategy, { role, now: at(`${text(now)}:59`), wording: 'order' }) === undefined;
      expect(isOpen('entry')).toBe(start <= now && now <= end);
      expect(isOpen('exit')).toBe(start <= now && now <= squareoff);
    }),
  );
});
