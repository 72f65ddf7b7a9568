import { openSquareOffs } from '@orderlane/db/open-square-offs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Holder, openHolder } from '../support/holder.ts';

let holder: Holder;

// It is 10:00 on the trading clock, well within the window, whatever the square-offs below say.
beforeEach(async () => {
  holder = await openHolder({
    ...{ is_intraday: true, start_time: '09:20', end_time: '14:00', squareoff_time: '15:10' },
  });
});
afterEach(async () => {
  await holder[Symbol.asyncDispose]();
});

async function squareOffAt(dueTime: string, sessionDate = '2026-02-10'): Promise<void> {
  const { strategyId } = holder;
  const row = { strategyId, sessionDate, dueTime, status: 'working', detail: null } as const;
  expect(await openSquareOffs(holder.seed.db, [row])).toHaveLength(1);
}

async function codeOfEntry(symbol: string): Promise<unknown> {
  const { status, body } = await holder.post({ symbol, action: 'BUY' });
  return status === 200 ? 'queued' : body['code'];
}

const moveTo = async (time: string) =>
  await holder.cli.json(['strategy', 'edit', 'Holder', '--squareoff', time]);

it('entries are refused from the moment on at which the square-off began', async () => {
  expect(await codeOfEntry('INFY')).toBe('queued');
  await squareOffAt('15:10');
  expect(await codeOfEntry('SBIN')).toBe('squared_off_today');
});

it('moved later, it is armed again: entries are taken until it begins once more', async () => {
  await squareOffAt('15:10');
  await moveTo('15:14');
  expect(await codeOfEntry('INFY')).toBe('queued');
  await squareOffAt('15:14');
  expect(await codeOfEntry('SBIN')).toBe('squared_off_today');
  // Back to a time that is over since: it is not armed by that.
  await moveTo('15:12');
  expect(await codeOfEntry('SBIN')).toBe('squared_off_today');
});

it('that of another day refuses nothing', async () => {
  await squareOffAt('15:10', '2026-02-09');
  expect(await codeOfEntry('INFY')).toBe('queued');
});
