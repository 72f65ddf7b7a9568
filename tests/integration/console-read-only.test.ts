import { expect, test } from 'vitest';
import { openTestLanes, shownQueues, startConsole, waitingOrder } from '../support/console.ts';
import { makeAccount } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';

test('nothing on the console can change a lane', async () => {
  await using parts = await freshParts();
  await using lanes = openTestLanes(parts);
  const accountId = await makeAccount(parts.db);
  await lanes.add([{ id: waitingOrder, accountId, lane: 'regular', priority: 10 }]);
  await using board = await startConsole(parts);

  const queue = `/queues/api/queues/regular.${accountId}`;
  const attempts: [method: string, path: string][] = [
    ['PUT', '/queues/api/queues/pause'],
    ['PUT', `${queue}/pause`],
    ['PUT', `${queue}/empty`],
    ['PUT', `${queue}/obliterate`],
    ['PUT', `${queue}/rate-limit`],
    ['PUT', `${queue}/o${waitingOrder}/clean`],
    ['PUT', `${queue}/o${waitingOrder}/promote`],
    ['PATCH', `${queue}/o${waitingOrder}/update-data`],
    ['POST', `${queue}/add`],
    ['DELETE', queue],
    ['POST', '/queues'],
    ['OPTIONS', '/queues/api/queues'],
  ];
  for (const [method, path] of attempts) {
    const answer = await fetch(board.url + path, { method, headers: board.admin.credentials() });
    expect([method, path, answer.status]).toEqual([method, path, 405]);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
    expect(await answer.json()).toMatchObject({ status: 'error', code: 'method_not_allowed' });
  }

  const shown = (await shownQueues(board)).filter(({ name }) => name.startsWith('regular'));
  expect(shown).toMatchObject([
    { readOnlyMode: true, allowRetries: false, isPaused: false, counts: { prioritized: 1 } },
  ]);
});
