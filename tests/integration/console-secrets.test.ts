import { expect, test } from 'vitest';
import { openTestLanes, startConsole, waitingOrder } from '../support/console.ts';
import { makeAccount } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';

const planted = 'planted-key-4f1d0c';

test('what a job or an account holds is shown nowhere', async () => {
  await using parts = await freshParts();
  await using lanes = openTestLanes(parts);
  const accountId = await makeAccount(parts.db, { name: 'Zerodha' });
  await parts.db.updateTable('openalgo_accounts').set({ api_key_box: planted }).execute();
  const job = { apikey: planted, symbol: 'SBIN' };
  await lanes.queue('regular', accountId).add('order', job, { jobId: waitingOrder });
  await using board = await startConsole(parts);

  const queue = `/queues/api/queues/regular.${accountId}`;
  const pages = [
    '/queues',
    `/queues/api/queues?activeQueue=regular.${accountId}`,
    `${queue}/${waitingOrder}`,
    `${queue}/${waitingOrder}/logs`,
    `${queue}/${waitingOrder}/flow`,
    `${queue}/default-job-options`,
    `${queue}/workers`,
    '/queues/api/job-schedulers',
    '/queues/api/redis/stats',
    '/readyz',
    '/metrics',
  ];
  for (const page of pages) {
    const answer = await fetch(board.url + page, { headers: board.admin.credentials() });
    expect([page, answer.status]).toEqual([page, 200]);
    const text = await answer.text();
    expect(text).not.toContain(planted);
    if (page === `${queue}/${waitingOrder}`) {
      expect(JSON.parse(text)).toMatchObject({ job: { id: waitingOrder, data: {} } });
    }
  }
  expect(board.tail()).not.toContain(planted);
});
