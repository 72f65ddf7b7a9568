import { openDb } from '@orderlane/db/open-db';
import { sendAlerts } from '@orderlane/scheduler/alerts/send-alerts';
import { expect, it } from 'vitest';
import { makeSender, parsePosted, raiseMany, webhookAt } from '../support/alerts.ts';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { freshParts } from '../support/fresh-parts.ts';

it('several senders at once send no alert twice and forget none', async () => {
  await using parts = await freshParts();
  // Slow enough for the senders to meet.
  await using server = await startHttpServer((response) =>
    setTimeout(() => answerJson(response, 200, ''), 20),
  );
  const opened = openDb({ databaseUrl: parts.databaseUrl, poolSize: 5 });
  const senders = [parts.db, parts.db, opened.db].map((db) => makeSender(db, { burstMs: 0 }).deps);
  const target = webhookAt(server.url);
  let isRaising = true;
  const raising = raiseMany(parts.db, 200).then(() => {
    isRaising = false;
  });
  await Promise.all([
    raising,
    ...senders.map(async (deps) => {
      while (isRaising) await sendAlerts(deps, target);
    }),
  ]);
  await sendAlerts(makeSender(parts.db, { burstMs: 0 }).deps, target);
  await opened.close();

  const ids = server.heard.flatMap(({ body }) => parsePosted(body).alerts.map(({ id }) => id));
  expect(ids.length).toBe(200);
  expect(new Set(ids).size).toBe(200);
});
