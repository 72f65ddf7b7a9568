import { deleteOwnDays, insertOwnDays } from '@orderlane/db/calendar-days';
import { createLiveCalendar } from '@orderlane/db/live-calendar';
import { openDb } from '@orderlane/db/open-db';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

let parts: FreshParts;
let now: number;

beforeEach(async () => {
  parts = await freshParts();
  now = 0;
});
afterEach(async () => {
  await parts.dispose();
});

const date = '2027-03-22';
const line = { date, exchange: 'NSE', hours: null, note: null } as const;
const open = (db = parts.db) => createLiveCalendar({ db, monotonicNow: () => now, maxAgeMs: 5000 });
const close = async () => await insertOwnDays(parts.db, { lines: [line], addedBy: 'test' });

it('is what is built in before the first read, and has people’s days afterwards', async () => {
  await close();
  const calendar = open();
  expect(calendar.get('2026-01-26')?.closed).toContain('NSE');
  expect(calendar.get(date)).toBeUndefined();
  const read = await calendar.read();
  expect(read.get(date)).toEqual({ closed: ['NSE'], special: [] });
  expect(read.get('2026-01-26')?.closed).toContain('NSE');
  expect(calendar.get(date)).toEqual({ closed: ['NSE'], special: [] });
});

it('is read anew when it was forgotten', async () => {
  const calendar = open();
  await calendar.read();
  await close();
  now = 1;
  expect((await calendar.read()).get(date)).toBeUndefined();
  calendar.forget();
  now = 2;
  expect((await calendar.read()).get(date)).toBeDefined();
});

it('is read anew after its time, though nobody announced anything', async () => {
  const calendar = open();
  await calendar.read();
  await close();
  now = 5000;
  expect((await calendar.read()).get(date)).toBeUndefined();
  now = 5001;
  expect((await calendar.read()).get(date)).toBeDefined();
  await deleteOwnDays(parts.db, { date, exchanges: null });
  now = 10_002;
  expect((await calendar.read()).get(date)).toBeUndefined();
});

it('a change that is announced while it is read is read too', async () => {
  const calendar = open();
  const reading = calendar.read();
  await close();
  now = 1;
  calendar.forget();
  now = 2;
  expect((await calendar.read()).get(date)).toBeDefined();
  await reading;
  expect(calendar.get(date)).toBeDefined();
});

it('says so when it cannot be read, and is read when it can', async () => {
  const opened = openDb({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', poolSize: 1 });
  await expect(open(opened.db).read()).rejects.toThrow();
  await opened.close();
  expect((await open().read()).get('2026-01-26')).toBeDefined();
});
