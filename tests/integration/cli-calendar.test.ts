import { replaceFetchedDays } from '@orderlane/db/calendar-days';
import { expect, test } from 'vitest';
import { makeAccount } from '../support/factories.ts';
import { openHereCli } from '../support/here-cli.ts';

const clock = { TRADING_CLOCK: '2026-10-19T10:00:00+05:30' };

test('a day is entered, listed and removed, with its line in the audit log', async () => {
  await using cli = await openHereCli(clock);
  const added = ['calendar', 'add', '2027-02-01', 'nse,NFO', '9:15-15:30', '--note', 'Budget'];
  const budget = { date: '2027-02-01', hours: '09:15-15:30', note: 'Budget' };
  const both = [
    { ...budget, exchange: 'NSE' },
    { ...budget, exchange: 'NFO' },
  ];
  expect(await cli.json(added)).toEqual({ added: both, warnings: [] });
  expect(await cli.json(['calendar', 'list', '--own'])).toEqual({
    days: both.toReversed().map((day) => ({ ...day, source: 'own' })),
    reads: [],
  });

  const removed = await cli.run(['calendar', 'remove', '2027-02-01']);
  expect(removed.stdout).toContain('Removed: NSE on 2027-02-01 is open 09:15-15:30');
  expect(await cli.json(['calendar', 'list', '--own'])).toEqual({ days: [], reads: [] });
  const audit = await cli.parts.db
    .selectFrom('audit_log')
    .select(['who', 'what', 'subject', 'before', 'after'])
    .orderBy('seq')
    .execute();
  expect(audit).toMatchObject([
    { who: 'cli:asha', what: 'calendar.add', subject: 'calendar 2027-02-01', before: null },
    { what: 'calendar.remove', subject: 'calendar 2027-02-01', after: null },
  ]);
  expect(audit[0]?.after).toEqual({ days: both });
  expect(audit[1]?.before).toMatchObject({ days: expect.arrayContaining(both) });
});

test('a day is closed for one exchange and removed for another', async () => {
  await using cli = await openHereCli(clock);
  await cli.json(['calendar', 'add', '2027-03-22', 'NSE,BSE,MCX', 'closed']);
  await cli.json(['calendar', 'remove', '2027-03-22', 'MCX']);
  expect(await cli.json(['calendar', 'list', '--year', '2027'])).toMatchObject({
    days: [
      { exchange: 'BSE', hours: 'closed' },
      { exchange: 'NSE', hours: 'closed' },
    ],
  });
});

test('the list shows what counts, and whose word it is', async () => {
  await using cli = await openHereCli(clock);
  const accountId = await makeAccount(cli.parts.db, { name: 'main' });
  const line = { date: '2026-11-09', hours: null, note: 'A strike' } as const;
  await replaceFetchedDays(cli.parts.db, {
    ...{ year: 2026, accountId },
    lines: [
      { ...line, exchange: 'NSE' },
      { ...line, exchange: 'BSE' },
    ],
  });
  await cli.json(['calendar', 'add', '2026-11-09', 'BSE', '09:15-12:30']);

  const { stdout } = await cli.run(['calendar', 'list']);
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^DATE +EXCHANGES +HOURS +FROM +NOTE$/);
  expect(lines).toContainEqual(expect.stringMatching(/2026-10-20 .*NSE.* closed +built in/));
  expect(lines).toContainEqual(
    expect.stringMatching(/2026-11-09 +NSE +closed +OpenAlgo +A strike/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/2026-11-09 +BSE +09:15-12:30 +entered/));
  expect(stdout).toMatch(/OpenAlgo's calendar of 2026 is of .*, from account "main"/);
  expect(stdout).not.toContain('2026-10-02');
  expect((await cli.run(['calendar', 'list', '--year', '2030'])).stdout).toContain(
    'Every weekday is a day like the others',
  );
});

test('a day that is over is entered with a warning', async () => {
  await using cli = await openHereCli(clock);
  const { stdout } = await cli.run(['calendar', 'add', '2026-02-01', 'NSE', 'closed']);
  expect(stdout).toContain('Warning: 2026-02-01 is over');
});

test('what overlaps is refused as a whole, and the entry that is there stays', async () => {
  await using cli = await openHereCli(clock);
  await cli.json(['calendar', 'add', '2027-02-01', 'NFO', '09:15-15:30']);
  expect(await cli.run(['calendar', 'add', '2027-02-01', 'NSE,NFO', 'closed'])).toMatchObject({
    code: 1,
    stdout: '',
    stderr:
      'error calendar_overlap: There is an entry for NFO on 2027-02-01 already: remove it first\n',
  });
  expect(await cli.json(['calendar', 'list', '--own'])).toMatchObject({
    days: [{ exchange: 'NFO', hours: '09:15-15:30' }],
  });
  const audit = await cli.parts.db.selectFrom('audit_log').select('what').execute();
  expect(audit).toEqual([{ what: 'calendar.add' }]);
});

test.each([
  [['add', '2027-02-30', 'NSE', 'closed'], 'invalid_calendar_entry', /2027-02-30 is no date/],
  [['add', '2027-02-01', 'NYSE', 'closed'], 'invalid_calendar_entry', /Unknown exchange: NYSE/],
  [['add', '2027-02-01', 'NSE', '15:30-09:15'], 'invalid_calendar_entry', /ends before it starts/],
  [['remove', '2027-02-01'], 'unknown_calendar_entry', /Nobody entered anything on 2027-02-01/],
  [['remove', '2026-10-20', 'NSE'], 'unknown_calendar_entry', /anything for NSE on 2026-10-20/],
  [['remove', 'soon'], 'invalid_calendar_entry', /soon is no date/],
  [['list', '--year', '27'], 'bad_year', /27 is no year/],
])('calendar %j: %s', async (args, code, text) => {
  await using cli = await openHereCli(clock);
  const { code: status, stderr } = await cli.run(['calendar', ...args, '--json']);
  expect(status).toBe(1);
  const error = JSON.parse(stderr) as { code: string; error: string };
  expect(error.code).toBe(code);
  expect(error.error).toMatch(text);
});

test.each([[['add', '2027-02-01', 'NSE']], [['remove']]])(
  'calendar %j is asked in the wrong way',
  async (args) => {
    await using cli = await openHereCli(clock);
    expect(await cli.run(['calendar', ...args])).toMatchObject({ code: 2 });
  },
);
