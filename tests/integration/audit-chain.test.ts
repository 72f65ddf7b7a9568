import { recordAudit } from '@orderlane/db/audit';
import { auditHash, listAuditRows } from '@orderlane/db/audit-chain';
import { verifyAudit } from '@orderlane/db/verify-audit';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshParts } from '../support/fresh-parts.ts';
import { tamper } from '../support/tamper.ts';

const actor = { who: 'cli:asha', from: 'terminal on box' };

/** Odd texts: what is hashed must be the same in Postgres and here. */
const oddText = 'a "b" \\ \u0001 \u007f \u2028 é 🚀 </script> \n\t\r';

async function startWithRows(count: number) {
  const parts = await freshParts();
  for (let number = 1; number <= count; number += 1) {
    const subject = `account ${number}`;
    const after = { number, reason: oddText, share: 0.1, list: [1, null, true] };
    await recordAudit(parts.db, { ...actor, what: 'account.pause', subject, after });
  }
  return parts;
}

test('each row names the one before it, and its hash is that of its content', async () => {
  await using parts = await startWithRows(3);
  const rows = await listAuditRows(parts.db, { after: 0, limit: 10 });
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  for (const [index, row] of rows.entries()) {
    expect(row.hash).toBe(auditHash(row, row.seq));
    expect(row.prevHash).toBe(rows[index - 1]?.hash ?? '');
  }
  expect(await verifyAudit(parts.db)).toEqual({
    rows: 3,
    head: { seq: 3, hash: rows[2]?.hash },
    pruned: null,
    flaws: [],
  });
});

test('rows written at the same time on many connections are one chain', async () => {
  await using parts = await freshParts();
  await Promise.all(
    Array.from({ length: 60 }, async (_, number) => {
      await parts.db.transaction().execute(async (db) => {
        await recordAudit(db, { ...actor, what: 'strategy.toggle', subject: `strategy ${number}` });
        if (number % 5 === 0) throw new Error('rolled back');
      });
    }).map(async (work) => await work.catch(() => undefined)),
  );
  expect(await verifyAudit(parts.db)).toMatchObject({ rows: 48, head: { seq: 48 }, flaws: [] });
});

test('a writer that goes silent before its commit does not hold up the next one', async () => {
  await using parts = await freshParts();
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const { promise: hasWritten, resolve: written } = Promise.withResolvers<void>();
  const silent = parts.db.transaction().execute(async (db) => {
    await recordAudit(db, { ...actor, what: 'account.pause', subject: 'account 1' });
    written();
    await mayEnd;
  });
  const failed = expect(silent).rejects.toThrow();
  await hasWritten;
  await recordAudit(parts.db, { ...actor, what: 'account.pause', subject: 'account 2' });
  end();
  await failed;
  const rows = await listAuditRows(parts.db, { after: 0, limit: 10 });
  expect(rows.map(({ subject }) => subject)).toEqual(['account 2']);
});

test('a row cannot be changed, deleted or emptied away, nor give its own number, time and links', async () => {
  await using parts = await startWithRows(2);
  const { db } = parts;
  for (const statement of [
    `update audit_log set who = 'nobody' where seq = 1`,
    'delete from audit_log where seq = 1',
    'truncate audit_log',
  ]) {
    await expect(sql.raw(statement).execute(db)).rejects.toThrow(/audit_log is written once/);
  }
  await sql`insert into audit_log (seq, at, who, what, subject, prev_hash, hash)
    values (99, '2020-01-01', 'sql', 'x', 'y', 'z', 'z')`.execute(db);
  const [last] = await listAuditRows(db, { newest: 1 });
  expect(last).toMatchObject({ seq: 3, who: 'sql' });
  expect(last?.at).not.toMatch(/^2020/);
  expect((await verifyAudit(db)).flaws).toEqual([]);
});

test.each([
  ['changed', [`update audit_log set who = 'nobody' where seq = 2`], { kind: 'changed', seq: 2 }],
  [
    'changed in what was before',
    [`update audit_log set after = jsonb_set(after, '{number}', '7') where seq = 4`],
    { kind: 'changed', seq: 4 },
  ],
  [
    'changed in its time by a microsecond',
    [`update audit_log set at = at + interval '1 microsecond' where seq = 1`],
    { kind: 'changed', seq: 1 },
  ],
  ['removed', ['delete from audit_log where seq = 3'], { kind: 'removed', seq: 3, upTo: 3 }],
  [
    'removed from the end',
    ['delete from audit_log where seq >= 4'],
    { kind: 'removed', seq: 4, upTo: 5 },
  ],
  [
    'put in',
    [`insert into audit_log values (6, now(), 'x', 'y', 'z', null, null, 'f', 'g', 'h')`],
    { kind: 'inserted', seq: 6 },
  ],
])('a row that was %s is named', async (_, statements, flaw) => {
  await using parts = await startWithRows(5);
  await tamper(parts.db, ...statements);
  expect((await verifyAudit(parts.db)).flaws).toEqual([flaw]);
});

test('rows that changed places are named', async () => {
  await using parts = await startWithRows(4);
  await tamper(
    parts.db,
    'update audit_log set seq = 99 where seq = 2',
    'update audit_log set seq = 2 where seq = 3',
    'update audit_log set seq = 3 where seq = 99',
  );
  expect((await verifyAudit(parts.db)).flaws).toEqual([
    { kind: 'moved', seq: 2, now: 3 },
    { kind: 'moved', seq: 3, now: 2 },
  ]);
});
