import { expect, test } from 'vitest';
import { openTestLanes, shownQueues, startConsole, waitingOrder } from '../support/console.ts';
import { makeAccount } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';

test('the console shows what waits on each account’s lanes, and a new account by itself', async () => {
  await using parts = await freshParts();
  await using lanes = openTestLanes(parts);
  const first = await makeAccount(parts.db, { name: 'Zerodha' });
  await lanes.add([{ id: waitingOrder, accountId: first, lane: 'regular', priority: 10 }]);
  await using board = await startConsole(parts);

  const before = await shownQueues(board, `regular.${first}`);
  expect(before.map(({ name, displayName }) => [name, displayName])).toEqual([
    ['tick', 'tick'],
    [`regular.${first}`, 'Zerodha, regular'],
    [`smart.${first}`, 'Zerodha, smart'],
  ]);
  expect(before[1]?.counts['prioritized']).toBe(1);
  expect(before[1]?.jobs.map(({ id }) => id)).toEqual([`o${waitingOrder}`]);
  expect(before[2]?.counts['prioritized']).toBe(0);

  const second = await makeAccount(parts.db, { name: 'Dhan' });
  expect((await shownQueues(board)).map(({ name }) => name)).toEqual([
    'tick',
    `regular.${first}`,
    `smart.${first}`,
    `regular.${second}`,
    `smart.${second}`,
  ]);
  expect((await board.stop()).code).toBe(0);
});
