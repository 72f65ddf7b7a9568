import { describe, expect, it } from 'vitest';
import { dateSpan, sessionDatesSince } from './session-dates.ts';

const now = Temporal.ZonedDateTime.from('2026-02-10T15:15:00[Asia/Kolkata]');
const dates = (last?: string) =>
  sessionDatesSince(last === undefined ? undefined : Temporal.Instant.from(last), now).map(String);

describe('dates whose sessions are to be looked at', () => {
  it('are only today before the first tick', () => {
    expect(dates()).toEqual(['2026-02-10']);
  });

  it('include yesterday, whose session may go on after midnight', () => {
    expect(dates('2026-02-10T15:14:00+05:30')).toEqual(['2026-02-09', '2026-02-10']);
  });

  it('are all since the day before the last tick, by the date in India', () => {
    expect(dates('2026-02-06T23:59:00+05:30')).toEqual([
      '2026-02-05',
      '2026-02-06',
      '2026-02-07',
      '2026-02-08',
      '2026-02-09',
      '2026-02-10',
    ]);
  });

  it('are a week at the most', () => {
    expect(dates('2025-02-06T12:00:00+05:30')).toHaveLength(8);
  });
});

it('the span of a date ends now while it lasts', () => {
  const hourMs = 3_600_000;
  expect(dateSpan(Temporal.PlainDate.from('2026-02-10'), now)).toEqual({
    sinceMs: 15.25 * hourMs,
    untilMs: 0,
  });
  expect(dateSpan(Temporal.PlainDate.from('2026-02-09'), now)).toEqual({
    sinceMs: 39.25 * hourMs,
    untilMs: 15.25 * hourMs,
  });
});
