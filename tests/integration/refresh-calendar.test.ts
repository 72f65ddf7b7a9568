import { insertOwnDays, listCalendarDays, listCalendarReads } from '@orderlane/db/calendar-days';
import type { AccountId } from '@orderlane/domain/ids';
import { type RefreshCalendarDeps, refreshCalendar } from '@orderlane/scheduler/refresh-calendar';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount } from '../support/factories.ts';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openTestClient } from '../support/openalgo-calls.ts';

type Answer = { httpStatus?: number; body: unknown };

let parts: FreshParts;
/** What each account's OpenAlgo answers, and the years that it was asked for. */
let answers: Map<AccountId, Answer>;
let asked: [AccountId, number][];

beforeEach(async () => {
  parts = await freshParts();
  answers = new Map();
  asked = [];
});
afterEach(async () => {
  await parts.dispose();
});

const holiday = (date: string, changes: object = {}) => ({
  date,
  description: 'Holiday',
  holiday_type: 'TRADING_HOLIDAY',
  closed_exchanges: ['NSE'],
  open_exchanges: [],
  ...changes,
});
const success = (...data: unknown[]) => ({ body: { status: 'success', data } });

async function addOpenAlgo(answer: Answer): Promise<AccountId> {
  const id = await makeAccount(parts.db);
  answers.set(id, answer);
  return id;
}

/** One round at a date, with what was read and what was not believed. */
async function refresh(today: string, changes: Partial<RefreshCalendarDeps> = {}) {
  const read: unknown[] = [];
  const unread: string[] = [];
  const clientOf = ({ id }: { id: AccountId }) => ({
    holidays: async ({ year }: { year: number }) => {
      asked.push([id, year]);
      const { httpStatus = 200, body } = answers.get(id) ?? { body: null };
      await using server = await startHttpServer((response) =>
        answerJson(response, httpStatus, body),
      );
      await using client = openTestClient({ baseUrl: server.url });
      return await client.holidays({ year }, { timeoutMs: 5000 });
    },
  });
  await refreshCalendar(
    {
      db: parts.db,
      clientOf,
      ...{ everyMs: 3_600_000, retryMs: 0, timeoutMs: 5000 },
      onRead: (one) => void read.push(one),
      onUnread: ({ reason }) => void unread.push(reason),
      ...changes,
    },
    Temporal.PlainDate.from(today),
  );
  return { read, unread };
}

const days = async () =>
  (await listCalendarDays(parts.db)).map(({ date, exchange }) => `${date} ${exchange}`);
const alerts = async () =>
  await parts.db.selectFrom('alerts').select(['code', 'subject', 'count']).execute();

it('keeps what OpenAlgo says of this year, and asks again when that is old', async () => {
  const id = await addOpenAlgo(success(holiday('2026-10-20'), holiday('2026-11-10')));
  expect(await refresh('2026-06-01')).toEqual({
    read: [{ year: 2026, accountId: id, days: 2 }],
    unread: [],
  });
  expect(await days()).toEqual(['2026-10-20 NSE', '2026-11-10 NSE']);
  expect(await listCalendarReads(parts.db)).toMatchObject([{ year: 2026, accountId: id }]);

  expect((await refresh('2026-06-01')).read).toEqual([]);
  // A day less than before, and one that nobody knew of three days ago.
  answers.set(id, success(holiday('2026-06-04')));
  await parts.db
    .updateTable('calendar_reads')
    .set({ read_at: sql<Date>`now() - interval '61 minutes'` })
    .execute();
  expect((await refresh('2026-06-01')).read).toHaveLength(1);
  expect(await days()).toEqual(['2026-06-04 NSE']);
  expect(asked.map(([, year]) => year)).toEqual([2026, 2026]);
});

it('asks for the next year from December on', async () => {
  const id = await addOpenAlgo(success(holiday('2026-10-20')));
  await refresh('2026-11-30');
  expect(asked).toEqual([[id, 2026]]);
  await refresh('2026-12-01');
  expect(asked.slice(1)).toEqual([[id, 2027]]);
});

describe('an answer that proves nothing changes nothing', () => {
  it.each<[string, Answer, string]>([
    ['empty', success(), 'it names no holiday'],
    ['a row that cannot be read', success(holiday('2026-04-03'), { date: 'soon' }), 'row 2: date'],
    [
      'hours of another year',
      success(
        holiday('2026-10-20', {
          open_exchanges: [{ exchange: 'MCX', start_time: 1, end_time: 2 }],
        }),
      ),
      'not of that day',
    ],
    ['an error', { httpStatus: 500, body: { status: 'error', message: 'down' } }, 'down'],
    ['no JSON', { body: '<html>' }, '<html>'],
    ['no list', { body: { status: 'success', data: null } }, 'not as expected'],
  ])('%s', async (_what, answer, reason) => {
    const id = await addOpenAlgo(success(holiday('2026-11-10')));
    await refresh('2026-06-01');
    answers.set(id, answer);
    const { read, unread } = await refresh('2026-06-01', { everyMs: 0 });
    expect(read).toEqual([]);
    expect(unread).toEqual([expect.stringContaining(reason)]);
    expect(await days()).toEqual(['2026-11-10 NSE']);
  });
});

it('asks the next account where one gives nothing that can be believed', async () => {
  const first = await addOpenAlgo(success());
  const second = await addOpenAlgo(success(holiday('2026-11-10')));
  const third = await addOpenAlgo(success(holiday('2026-11-24')));
  const { read, unread } = await refresh('2026-06-01');
  expect(read).toEqual([{ year: 2026, accountId: second, days: 1 }]);
  expect(unread).toHaveLength(1);
  expect(asked.map(([id]) => id)).toEqual([first, second]);
  expect(asked.map(([id]) => id)).not.toContain(third);
});

it('is the turn of one scheduler at a time', async () => {
  await addOpenAlgo(success());
  await Promise.all([1, 2, 3].map(async () => await refresh('2026-06-01', { retryMs: 60_000 })));
  expect(asked).toHaveLength(1);
});

it('leaves what people entered as it is', async () => {
  await addOpenAlgo(success(holiday('2026-11-10')));
  const line = { date: '2026-11-10', exchange: 'NSE', note: null } as const;
  const hours = { open: '09:15', close: '15:30' };
  await insertOwnDays(parts.db, { lines: [{ ...line, hours }], addedBy: 'test' });
  await refresh('2026-06-01');
  await refresh('2026-06-01', { everyMs: 0 });
  const kept = await listCalendarDays(parts.db);
  expect(kept.find(({ source }) => source === 'own')).toMatchObject({ ...line, hours });
  expect(kept.find(({ source }) => source === 'openalgo')).toMatchObject({ hours: null });
});

describe('a year of which nothing is known', () => {
  it('is told once a day, from two weeks before it begins', async () => {
    await addOpenAlgo(success());
    await refresh('2026-12-17');
    expect(await alerts()).toEqual([]);
    await refresh('2026-12-18');
    await refresh('2026-12-18');
    expect(await alerts()).toEqual([
      { code: 'calendar_missing', subject: 'calendar 2027', count: 2 },
    ]);
  });

  it('is told without any account too', async () => {
    await refresh('2027-02-10');
    expect(await alerts()).toMatchObject([{ subject: 'calendar 2027' }]);
  });

  it('is not one that is built in, that OpenAlgo knows, or that somebody looks after', async () => {
    await refresh('2026-02-10');
    await addOpenAlgo(success(holiday('2027-01-26')));
    await refresh('2026-12-28');
    const lines = [{ date: '2028-01-26', exchange: 'NSE', hours: null, note: null }] as const;
    await insertOwnDays(parts.db, { lines, addedBy: 'test' });
    await refresh('2028-01-03');
    expect(await alerts()).toEqual([]);
  });
});
