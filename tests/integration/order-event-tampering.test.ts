import type { Db } from '@orderlane/db/open-db';
import { sealOrderEvents } from '@orderlane/db/seal-order-events';
import { verifyOrderEvents } from '@orderlane/db/verify-order-events';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshParts } from '../support/fresh-parts.ts';
import { writeEvents } from '../support/order-events.ts';
import { tamper } from '../support/tamper.ts';

/** Rows 1 to 4 in the first seal, 6 to 9 in the second one, number 5 rolled back, 10 not sealed. */
async function startSealed() {
  const parts = await freshParts();
  const { db } = parts;
  await writeEvents(db, 4);
  await sealOrderEvents(db, { limit: 100 });
  await rollBackOne(db);
  await writeEvents(db, 4);
  await sealOrderEvents(db, { limit: 100 });
  await writeEvents(db, 1);
  expect(await verifyOrderEvents(db)).toMatchObject({ rows: 8, unsealed: 1, flaws: [] });
  return parts;
}

async function rollBackOne(db: Db): Promise<void> {
  await db
    .transaction()
    .execute(async (transaction) => {
      await writeEvents(transaction, 1);
      throw new Error('rolled back');
    })
    .catch(() => undefined);
}

test('moves of orders cannot be changed, deleted or emptied away, nor their seals', async () => {
  await using parts = await startSealed();
  for (const table of ['order_events', 'order_event_seals']) {
    const column = table === 'order_events' ? 'attempt' : 'row_count';
    for (const statement of [
      `update ${table} set ${column} = 7`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      await expect(sql.raw(statement).execute(parts.db)).rejects.toThrow(/is written once/);
    }
  }
});

const insertAt = (seq: number) =>
  `insert into order_events (seq, order_id, to_status, attempt) overriding system value
    values (${seq}, gen_random_uuid(), 'filled', 1)`;

const freeNumbers = 'alter table order_events alter column seq drop identity';

test.each<[string, string[], object[]]>([
  [
    'changed',
    [`update order_events set to_status = 'filled' where seq = 3`],
    [{ kind: 'changed', seq: 3, seal: 1 }],
  ],
  [
    'changed in its time by a microsecond',
    [`update order_events set at = at + interval '1 microsecond' where seq = 9`],
    [{ kind: 'changed', seq: 9, seal: 2 }],
  ],
  ['removed', ['delete from order_events where seq = 4'], [{ kind: 'removed', seq: 4, seal: 1 }]],
  [
    'removed at the end',
    ['delete from order_events where seq >= 9'],
    [{ kind: 'removed', seq: 9, seal: 2 }],
  ],
  ['put in before the first one', [insertAt(0)], [{ kind: 'inserted', seq: 0 }]],
  [
    'given another number',
    [freeNumbers, 'update order_events set seq = 0 where seq = 2'],
    [{ kind: 'moved', seq: 2, now: 0, seal: 1 }],
  ],
  [
    'swapped with another one',
    [
      freeNumbers,
      'update order_events set seq = -1 where seq = 2',
      'update order_events set seq = 2 where seq = 7',
      'update order_events set seq = 7 where seq = -1',
    ],
    [
      { kind: 'moved', seq: 2, now: 7, seal: 1 },
      { kind: 'moved', seq: 7, now: 2, seal: 2 },
    ],
  ],
  [
    'removed, and another changed',
    [
      'delete from order_events where seq = 1',
      `update order_events set reason = 'x' where seq = 8`,
    ],
    [
      { kind: 'removed', seq: 1, seal: 1 },
      { kind: 'changed', seq: 8, seal: 2 },
    ],
  ],
])('a row that was %s is named', async (_, statements, flaws) => {
  await using parts = await startSealed();
  await tamper(parts.db, ...statements);
  expect(await verifyOrderEvents(parts.db)).toMatchObject({ flaws, sealFlaws: [] });
});

test('a row put into a gap that nothing could come into any more is named', async () => {
  await using parts = await startSealed();
  await tamper(parts.db, `update order_event_seals set gaps = '[]' where id = 2`, insertAt(5));
  const { flaws, sealFlaws } = await verifyOrderEvents(parts.db);
  expect(flaws).toEqual([{ kind: 'inserted', seq: 5 }]);
  // Here the seal itself was changed to make its gap forgotten, and that shows, too.
  expect(sealFlaws).toEqual([{ kind: 'changed', seq: 2 }]);
});

test.each<[string, string, object[]]>([
  [
    'changed',
    `update order_event_seals set listing = '\\x00' where id = 1`,
    [{ kind: 'changed', seq: 1 }],
  ],
  [
    'removed with its rows',
    'with gone as (delete from order_event_seals where id = 1) delete from order_events where seq <= 4',
    [{ kind: 'removed', seq: 1, upTo: 1 }],
  ],
  [
    'removed from the end',
    'delete from order_event_seals where id = 2',
    [{ kind: 'removed', seq: 2, upTo: 2 }],
  ],
])('a seal that was %s is named', async (_, statement, sealFlaws) => {
  await using parts = await startSealed();
  await tamper(parts.db, statement);
  expect(await verifyOrderEvents(parts.db)).toMatchObject({ sealFlaws });
});
