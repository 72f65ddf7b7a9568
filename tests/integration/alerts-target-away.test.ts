import { raiseAlert } from '@orderlane/db/alerts';
import type { Db } from '@orderlane/db/open-db';
import type { AlertTarget } from '@orderlane/scheduler/alerts/alert-target';
import { sendAlerts, tidyAlerts } from '@orderlane/scheduler/alerts/send-alerts';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { makeSender, raiseMany, telegramAt, webhookAt } from '../support/alerts.ts';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { freePort } from '../support/free-port.ts';
import { freshParts } from '../support/fresh-parts.ts';

const long = 3_600_000;

const deliveries = async (db: Db) =>
  await db
    .selectFrom('alert_deliveries')
    .select(['target', 'sent_at', 'attempts', 'error'])
    .orderBy('target')
    .execute();

/** The pause after a failure is over. */
const endPause = async (db: Db) =>
  await db.updateTable('alert_targets').set({ next_at: sql<Date>`now()` }).execute();

it.each([
  [
    'refuses connections',
    async () => ({
      url: `http://127.0.0.1:${await freePort()}`,
      [Symbol.asyncDispose]: async () => await Promise.resolve(),
    }),
    'ECONNREFUSED',
  ],
  ['hangs', async () => await startHttpServer(() => undefined), 'no answer in time'],
  [
    'answers 503',
    async () => await startHttpServer((response) => answerJson(response, 503, '')),
    'HTTP 503',
  ],
  [
    'redirects',
    async () =>
      await startHttpServer((response) =>
        response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
      ),
    'HTTP 307',
  ],
])(
  'a target that %s keeps its alert for later and holds up no other',
  async (_what, start, error) => {
    await using parts = await freshParts();
    await using bad = await start();
    await using good = await startHttpServer((response) => response.end());
    await raiseAlert(parts.db, { code: 'rejected', subject: 'one', text: 'one' });
    const { deps, failures } = makeSender(parts.db, { retryMs: [long] });

    await Promise.all([
      sendAlerts(deps, telegramAt(bad.url, 300)),
      sendAlerts(deps, webhookAt(good.url)),
    ]);

    expect(failures).toEqual([expect.stringContaining(`telegram ${error}`)]);
    expect(good.heard).toHaveLength(1);
    expect(await deliveries(parts.db)).toEqual([
      { target: 'telegram', sent_at: null, attempts: 1, error: expect.stringContaining(error) },
      { target: 'webhook', sent_at: expect.any(Date), attempts: 1, error: null },
    ]);
  },
);

it('a target that failed is left alone for a while, by new alerts too, then has everything', async () => {
  await using parts = await freshParts();
  let status = 500;
  await using server = await startHttpServer((response) => answerJson(response, status, ''));
  const { deps } = makeSender(parts.db, { retryMs: [long] });
  const target = webhookAt(server.url);
  await raiseMany(parts.db, 2);

  await sendAlerts(deps, target);
  await raiseMany(parts.db, 1, { code: 'expired' });
  await sendAlerts(deps, target);
  expect(server.heard).toHaveLength(1);

  status = 200;
  await endPause(parts.db);
  await sendAlerts(deps, target);
  expect(server.heard).toHaveLength(4);
  expect((await deliveries(parts.db)).every(({ sent_at }) => sent_at !== null)).toBe(true);
});

it('pauses grow with each failure in a row and end with a success', async () => {
  await using parts = await freshParts();
  let status = 500;
  await using server = await startHttpServer((response) => answerJson(response, status, ''));
  const { deps } = makeSender(parts.db, { retryMs: [10_000, 100_000, 1_000_000] });
  const target = webhookAt(server.url);
  await raiseMany(parts.db, 1);
  const pauseS = async () => {
    const { rows } = await sql<{ s: number }>`
      select extract(epoch from next_at - clock_timestamp())::float as s from alert_targets`.execute(
      parts.db,
    );
    return rows[0]?.s ?? 0;
  };
  for (const expected of [10, 100, 1000, 1000]) {
    await sendAlerts(deps, target);
    expect(await pauseS()).toBeGreaterThan(expected * 0.5);
    expect(await pauseS()).toBeLessThanOrEqual(expected);
    await endPause(parts.db);
  }
  status = 200;
  await sendAlerts(deps, target);
  expect(await pauseS()).toBeLessThanOrEqual(0);
});

it.each([
  ['in its header', webhookAt, { headers: { 'retry-after': '30' }, body: '' }],
  ['as Telegram says it', telegramAt, { headers: {}, body: '{"parameters":{"retry_after":30}}' }],
] as const)(
  'a 429 is left alone for as long as it asks, %s',
  async (_where, open, { headers, body }) => {
    await using parts = await freshParts();
    await using server = await startHttpServer((response) =>
      response.writeHead(429, headers).end(body),
    );
    const { deps } = makeSender(parts.db);
    const target: AlertTarget = open(server.url);
    await raiseMany(parts.db, 1);

    await sendAlerts(deps, target);
    await sendAlerts(deps, target);

    expect(server.heard).toHaveLength(1);
    const { rows } = await sql<{ far: boolean }>`
    select next_at > clock_timestamp() + interval '20 seconds' as far from alert_targets`.execute(
      parts.db,
    );
    expect(rows).toEqual([{ far: true }]);
  },
);

it('what was not sent in time is given up, and said; what nobody wants is not said', async () => {
  await using parts = await freshParts();
  await raiseMany(parts.db, 2);
  await raiseMany(parts.db, 1, { code: 'filled' });
  await parts.db
    .updateTable('alerts')
    .set({ at: sql<Date>`now() - interval '25 hours'` })
    .execute();
  await raiseMany(parts.db, 1, { code: 'expired' });
  await using server = await startHttpServer((response) => response.end());
  const { deps } = makeSender(parts.db);
  const target = webhookAt(server.url);

  expect(await tidyAlerts(deps, [target])).toEqual(['rejected', 'rejected']);
  expect(await tidyAlerts(deps, [target])).toEqual([]);
  await sendAlerts(deps, target);
  expect(server.heard).toHaveLength(1);
});

it('one alert that a target takes offence at does not keep the others', async () => {
  await using parts = await freshParts();
  const taken: string[] = [];
  await using server = await startHttpServer((response, { body }) => {
    if (body.includes('Number 3')) return answerJson(response, 422, '');
    taken.push(body);
    return answerJson(response, 200, '');
  });
  const { deps } = makeSender(parts.db, { burstMs: 0 });
  const target = webhookAt(server.url);
  await raiseMany(parts.db, 6);
  for (let round = 0; round < 12; round++) {
    await endPause(parts.db);
    await parts.db.updateTable('alert_deliveries').set({ next_at: sql<Date>`now()` }).execute();
    await sendAlerts(deps, target);
  }
  for (const number of [0, 1, 2, 4, 5]) expect(taken.join()).toContain(`Number ${number}`);
});
