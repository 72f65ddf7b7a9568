import { keepAlertTargets } from '@orderlane/db/alert-targets';
import { sendAlerts } from '@orderlane/scheduler/alerts/send-alerts';
import { expect, test } from 'vitest';
import { makeSender, parsePosted, telegramAt, webhookAt } from '../support/alerts.ts';
import { dataOf } from '../support/console-fixtures.ts';
import { startHttpServer } from '../support/far-side.ts';
import { freePort } from '../support/free-port.ts';
import { openConsole } from '../support/here-console.ts';

const untried = {
  failures: 0,
  next_at: null,
  last_sent_at: null,
  undelivered: 0,
  error: null,
};

test('targets are shown as the schedulers are configured, and a test alert goes the way of all', async () => {
  await using console = await openConsole();
  await using server = await startHttpServer((response) => response.end());
  const { db } = console;
  const admin = await console.person({ name: 'root', role: 'admin' });
  const asha = await console.person({ name: 'asha', role: 'trader' });
  const shown = async () => dataOf(await asha.get('/alerts/targets'));
  expect(await shown()).toEqual([]);
  await keepAlertTargets(db, ['webhook', 'telegram']);
  await keepAlertTargets(db, ['webhook', 'telegram']);
  expect(await shown()).toEqual([
    { target: 'telegram', ...untried },
    { target: 'webhook', ...untried },
  ]);

  expect(await asha.post('/alerts/test')).toMatchObject({ status: 403 });
  dataOf(await admin.post('/alerts/test'));
  const audit = db.selectFrom('audit_log').select('who').where('what', '=', 'alerts.test');
  expect(await audit.execute()).toEqual([{ who: 'console:root@example.com' }]);
  const { deps } = makeSender(db, { retryMs: [60_000] });
  await sendAlerts(deps, webhookAt(server.url));
  await sendAlerts(deps, telegramAt(`http://127.0.0.1:${await freePort()}`));
  const [posted] = server.heard;
  expect(parsePosted(posted?.body ?? '')).toMatchObject({ code: 'test_alert' });
  expect(await shown()).toEqual([
    {
      ...{ target: 'telegram', failures: 1, undelivered: 1, last_sent_at: null },
      next_at: expect.any(String),
      error: expect.stringContaining('ECONNREFUSED'),
    },
    { ...untried, target: 'webhook', last_sent_at: expect.any(String) },
  ]);

  // A second test is not a repetition of the first.
  dataOf(await admin.post('/alerts/test'));
  await sendAlerts(deps, webhookAt(server.url));
  expect(server.heard).toHaveLength(2);

  await keepAlertTargets(db, ['webhook']);
  expect(await shown()).toMatchObject([{ target: 'webhook' }]);
  await keepAlertTargets(db, []);
  expect(await shown()).toEqual([]);
});
