import { raiseAlert } from '@orderlane/db/alerts';
import { poll } from '@orderlane/local/poll';
import { expect, it } from 'vitest';
import { parsePosted } from '../support/alerts.ts';
import { startHttpServer } from '../support/far-side.ts';
import { openStack } from '../support/stack.ts';
import type { TestProcess } from '../support/start-process.ts';

const times = { ALERTS_MS: '100', ALERT_TIMEOUT_MS: '1 second' };

it('a scheduler that dies between the send and its mark has the alert sent again by the next', async () => {
  await using stack = await openStack();
  let isFirst = true;
  let first: TestProcess | undefined;
  await using server = await startHttpServer((response) => {
    if (isFirst) first?.signal('SIGKILL');
    isFirst = false;
    response.end();
  });
  const env = { ...times, ALERT_WEBHOOK_URL: server.url };
  first = await stack.start('scheduler', env);
  await raiseAlert(stack.db, { code: 'rejected', subject: 'one', text: 'the one' });
  await first.exited;
  expect(server.heard).toHaveLength(1);

  await stack.start('scheduler', env);
  const closed = async () =>
    await stack.db.selectFrom('alerts').select('id').where('sent_at', 'is not', null).execute();
  await poll(async () => ((await closed()).length > 0 ? true : undefined), {
    what: 'the second sending',
    withinMs: 20_000,
  });
  const ids = server.heard.map(({ body }) => parsePosted(body).alerts.map(({ id }) => id));
  expect(ids).toEqual([[1], [1]]);
});
