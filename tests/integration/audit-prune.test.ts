import { recordAudit } from '@orderlane/db/audit';
import { sealOrderEvents } from '@orderlane/db/seal-order-events';
import { verifyAudit } from '@orderlane/db/verify-audit';
import { verifyOrderEvents } from '@orderlane/db/verify-order-events';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openHereCli } from '../support/here-cli.ts';
import { listEventSeqs, writeEvents } from '../support/order-events.ts';
import { tamper } from '../support/tamper.ts';

/**
 * Four rows of the audit log, and three seals of two moves each: of long ago but for the last of both.
 * The times are changed before the chains are built on them.
 */
async function startWithPast() {
  const cli = await openHereCli();
  const { db } = cli.parts;
  for (let number = 1; number <= 4; number += 1) {
    if (number === 4) await makePast(cli);
    const entry = { who: 'cli:asha', from: 'box', what: 'x.y', subject: `account ${number}` };
    await recordAudit(db, entry);
  }
  for (let number = 1; number <= 3; number += 1) {
    await writeEvents(db, 2);
    await sealOrderEvents(db, { limit: 100 });
    if (number === 2) await makeSealsPast(cli);
  }
  expect((await verifyAudit(db)).flaws).toEqual([]);
  return cli;
}

type Cli = Awaited<ReturnType<typeof openHereCli>>;

/** As if what is there had been written five years ago, by the trigger's own rule. */
async function makePast({ parts }: Cli): Promise<void> {
  await tamper(
    parts.db,
    `update audit_log set at = at - interval '6 years'`,
    `do $$ declare a audit_log; v_hash text := ''; begin
      for a in select * from audit_log order by seq loop
        a.prev_hash := v_hash; v_hash := audit_hash(a);
        update audit_log set prev_hash = a.prev_hash, hash = v_hash where seq = a.seq;
      end loop;
      update chain_heads set hash = v_hash where chain = 'audit_log';
    end $$`,
  );
}

/** Their hashes do not fit any more: only the newest seal, made after, is looked at in these tests. */
async function makeSealsPast({ parts }: Cli): Promise<void> {
  await tamper(parts.db, `update order_event_seals set sealed_at = sealed_at - interval '6 years'`);
}

const prune = ['audit', 'prune', '--before', '2024-01-01', '--yes'];

test('what is older goes, and what stays verifies from the checkpoint on', async () => {
  await using cli = await startWithPast();
  const { db } = cli.parts;
  expect(await cli.json(prune)).toMatchObject({ audit_rows: 3, order_events: 4 });
  const rows = await db.selectFrom('audit_log').selectAll().orderBy('seq').execute();
  expect(rows).toMatchObject([
    { seq: 4, subject: 'account 4' },
    {
      seq: 5,
      what: 'audit.prune',
      after: { audit_log: { seq: 3 }, order_events: { seal: 2, up_to: 4 } },
    },
  ]);
  expect(await listEventSeqs(db)).toEqual([5, 6]);
  expect(await verifyAudit(db)).toMatchObject({ rows: 2, flaws: [], pruned: { by: 'cli:asha' } });
  expect(await verifyOrderEvents(db)).toMatchObject({
    ...{ rows: 2, seals: 1, flaws: [], sealFlaws: [] },
  });
  expect((await cli.run(['audit', 'verify'])).stdout).toMatch(/^cli:asha deleted what was older/m);
  expect(await cli.json(prune)).toMatchObject({ audit_rows: 0, order_events: 0 });
});

test('what is tampered with afterwards is found, at the new beginning too', async () => {
  await using cli = await startWithPast();
  const { db } = cli.parts;
  await cli.json(prune);
  await tamper(
    db,
    'delete from audit_log where seq = 4',
    'delete from order_events where seq = 5',
    `update order_events set attempt = 9 where seq = 6`,
  );
  expect((await verifyAudit(db)).flaws).toEqual([{ kind: 'removed', seq: 4, upTo: 4 }]);
  expect((await verifyOrderEvents(db)).flaws).toEqual([
    { kind: 'removed', seq: 5, seal: 3 },
    { kind: 'changed', seq: 6, seal: 3 },
  ]);
});

test('stopped between the checkpoint and the last bite, it verifies, and goes on later', async () => {
  await using cli = await startWithPast();
  const { db } = cli.parts;
  await sql`create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'stopped' ; end $$`.execute(db);
  await sql`create trigger stop before delete on audit_log for each statement execute function refuse()`.execute(
    db,
  );
  expect((await cli.run(prune)).code).toBe(1);
  expect(await verifyAudit(db)).toMatchObject({ rows: 2, flaws: [] });
  expect(await verifyOrderEvents(db)).toMatchObject({ rows: 2, flaws: [], sealFlaws: [] });
  await sql`drop trigger stop on audit_log`.execute(db);
  expect(await cli.json(prune)).toMatchObject({ audit_rows: 3 });
  expect(await verifyAudit(db)).toMatchObject({ rows: 2, flaws: [] });
});

test('it is asked for in words, and says when five years are not over', async () => {
  await using cli = await startWithPast();
  const asked = await cli.run(['audit', 'prune', '--before', '2020-01-01']);
  expect(asked.stderr).toMatch(/^error confirmation_missing: What is deleted is gone/);
  const young = await cli.run(['audit', 'prune', '--before', '2025-12-31']);
  expect(young.stderr).toMatch(/^error confirmation_missing: Some of it is not 5 years old yet/);
  expect(await verifyAudit(cli.parts.db)).toMatchObject({ rows: 4 });
});
