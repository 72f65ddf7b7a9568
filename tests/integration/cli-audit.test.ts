import { readFile, stat, writeFile } from 'node:fs/promises';
import { recordAudit } from '@orderlane/db/audit';
import { sealOrderEvents } from '@orderlane/db/seal-order-events';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { makeAccount } from '../support/factories.ts';
import { openHereCli } from '../support/here-cli.ts';
import { writeEvents } from '../support/order-events.ts';
import { tamper } from '../support/tamper.ts';

async function startWithRows() {
  const cli = await openHereCli();
  const { db } = cli.parts;
  await makeAccount(db, { name: 'main' });
  await cli.json(['account', 'pause', 'main', '--reason', '=1+1, "quoted"\nnext line']);
  await cli.json(['account', 'resume', 'main']);
  const actor = { who: 'web:ravi@example.com', from: '10.1.2.3' };
  await recordAudit(db, { ...actor, what: '=cmd', subject: 'strategy 7' });
  await writeEvents(db, 4);
  await sealOrderEvents(db, { limit: 100 });
  await writeEvents(db, 1);
  return cli;
}

test('the list shows who changed what, newest first, and finds by who, what and subject', async () => {
  await using cli = await startWithRows();
  expect(await cli.json(['audit', 'list'])).toMatchObject([
    { seq: 3, who: 'web:ravi@example.com', origin: '10.1.2.3', before: null, after: null },
    { seq: 2, what: 'account.resume' },
    { seq: 1, who: 'cli:asha', before: { paused_at: null }, after: { name: 'main' } },
  ]);
  expect(await cli.json(['audit', 'list', '--what', 'account.pause'])).toMatchObject([{ seq: 1 }]);
  expect(await cli.json(['audit', 'list', '--subject', 'strategy 7'])).toMatchObject([{ seq: 3 }]);
  expect(await cli.json(['audit', 'list', '--who', 'cli:asha', '--limit', '1'])).toMatchObject([
    { seq: 2 },
  ]);
  expect(await cli.json(['audit', 'list', '--until', '2020-01-01'])).toEqual([]);
  const { stdout } = await cli.run(['audit', 'list']);
  expect(stdout).toMatch(/ROW +AT +WHO +WHAT +SUBJECT +CHANGED/);
  expect(stdout).toMatch(/2 .*cli:asha +account\.resume +account 1 +paused_at null/);
});

test('a day is a whole day of India', async () => {
  await using cli = await startWithRows();
  await tamper(
    cli.parts.db,
    `update audit_log set at = '2026-11-21T18:29:59.999999Z' where seq = 1`,
    `update audit_log set at = '2026-11-21T18:30:00Z' where seq = 2`,
    `update audit_log set at = '2026-11-22T18:29:59.999999Z' where seq = 3`,
  );
  const day = ['--since', '2026-11-22', '--until', '2026-11-22'];
  expect(await cli.json(['audit', 'list', ...day])).toMatchObject([{ seq: 3 }, { seq: 2 }]);
  for (const bad of ['22.11.2026', '2026-02-30', 'yesterday']) {
    const { code, stderr } = await cli.run(['audit', 'list', '--since', bad]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('It must be a day'),
    });
  }
});

test('both logs verify, with what is newest and what is not sealed yet', async () => {
  await using cli = await startWithRows();
  const { code, stdout, stderr } = await cli.run(['audit', 'verify']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Audit log: 3 rows, all as they were written; newest: 3 [0-9a-f]{64}$/m);
  expect(stdout).toMatch(
    /^Moves of orders: 4 in 1 seal, all as they were written; newest seal: 1 /m,
  );
  expect(stdout).toMatch(/^1 move is not sealed yet/m);
  expect(await cli.json(['audit', 'verify'])).toMatchObject({
    whole: true,
    audit_log: { rows: 3, newest: { seq: 3 }, flaws: [] },
    order_events: { rows: 4, unsealed: 1, newest_seal: { seq: 1 }, flaws: [], seal_flaws: [] },
  });
});

test('what was tampered with is named, in the answer, and the command fails', async () => {
  await using cli = await startWithRows();
  await tamper(
    cli.parts.db,
    `update audit_log set who = 'cli:ravi' where seq = 1`,
    'delete from audit_log where seq = 3',
    `update order_events set to_status = 'filled' where seq = 2`,
    'delete from order_events where seq = 3',
  );
  const { code, stdout, stderr } = await cli.run(['audit', 'verify']);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^error audit_broken: /),
  });
  expect(stdout.split('\n').filter((line) => / row /.test(line))).toEqual([
    'Audit log: row 1 was changed',
    'Audit log: row 3 is gone',
    'Moves of orders: row 2 (seal 1) was changed',
    'Moves of orders: row 3 (seal 1) is gone',
  ]);
  const asJson = await cli.run(['audit', 'verify', '--json']);
  expect(asJson.code).toBe(1);
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    whole: false,
    audit_log: {
      flaws: [
        { kind: 'changed', seq: 1 },
        { kind: 'removed', seq: 3, up_to: 3 },
      ],
    },
  });
});

test('a log rewritten from the first row on does not pass an earlier verification', async () => {
  await using cli = await startWithRows();
  await using folder = await makeTemporaryFolder();
  const file = `${folder.path}/verified.json`;
  await writeFile(file, (await cli.run(['audit', 'verify', '--json'])).stdout);
  await cli.json(['account', 'pause', 'main']);
  await writeEvents(cli.parts.db, 2);
  await sealOrderEvents(cli.parts.db, { limit: 100 });
  expect((await cli.run(['audit', 'verify', '--against', file])).code).toBe(0);

  // Whoever owns the database empties both logs and writes what he likes.
  await tamper(
    cli.parts.db,
    'truncate audit_log, order_event_seals, order_events restart identity',
    `update chain_heads set seq = 0, hash = ''`,
  );
  await sql`insert into audit_log (who, what, subject) select 'a', 'b', 'c' from generate_series(1, 9)`.execute(
    cli.parts.db,
  );
  await writeEvents(cli.parts.db, 3);
  await sealOrderEvents(cli.parts.db, { limit: 100 });
  expect((await cli.run(['audit', 'verify'])).code).toBe(0);
  const { code, stdout } = await cli.run(['audit', 'verify', '--against', file]);
  expect(code).toBe(1);
  expect(stdout.match(/newest one of the earlier verification is not there/g)).toHaveLength(2);
});

test('an earlier verification that is none is refused', async () => {
  await using cli = await openHereCli();
  await using folder = await makeTemporaryFolder();
  const file = `${folder.path}/other.json`;
  const verify = async () => (await cli.run(['audit', 'verify', '--against', file])).stderr;
  expect(await verify()).toMatch(/^error unreadable_file: /);
  for (const content of ['', '{', '[]', '{"audit_log":{}}']) {
    await writeFile(file, content);
    expect(await verify()).toMatch(/^error bad_verification: /);
  }
});

test('CSV has every row with every column, whatever is in them, and no formula', async () => {
  await using cli = await startWithRows();
  const { code, stdout, stderr } = await cli.run(['audit', 'export']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const rows = parse<Record<string, string>>(stdout, { columns: true });
  expect(rows.map(({ seq }) => seq)).toEqual(['1', '2', '3']);
  expect(JSON.parse(rows[0]?.['after'] ?? '')).toMatchObject({
    pause_reason: '=1+1, "quoted"\nnext line',
  });
  expect(rows[2]).toMatchObject({ what: "'=cmd", before: '', after: '' });
  expect(rows[2]?.['prev_hash']).toBe(rows[1]?.['hash']);
});

test('JSON Lines have every row, what was before and after as it is hashed', async () => {
  await using cli = await startWithRows();
  for (const how of [['--json'], ['--format', 'jsonl']]) {
    const { stdout } = await cli.run(['audit', 'export', ...how]);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { seq: 1, who: 'cli:asha', before: { paused_at: null }, after: { name: 'main' } },
      { seq: 2, what: 'account.resume' },
      { seq: 3, what: '=cmd', before: null, after: null, hash: expect.any(String) },
    ]);
    const { rows } = await sql<{
      after: string;
    }>`select after::text from audit_log where seq = 1`.execute(cli.parts.db);
    expect(lines[0]).toContain(`"after":${rows[0]?.after}`);
  }
});

test('the moves of orders are exported, too, of a time only', async () => {
  await using cli = await startWithRows();
  const { stdout } = await cli.run(['audit', 'export', '--orders', '--json']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject(
    [1, 2, 3, 4, 5].map((seq) => ({ seq, to_status: 'queued', attempt: 0 })),
  );
  const csv = await cli.run(['audit', 'export', '--orders', '--until', '2020-01-01']);
  expect(csv.stdout).toBe('seq,at,order_id,from_status,to_status,attempt,code,reason\n');
  const who = await cli.run(['audit', 'export', '--orders', '--who', 'cli:asha']);
  expect(who.code).toBe(2);
});

test('a file is written whole, for its owner only, and never over another one', async () => {
  await using cli = await startWithRows();
  await using folder = await makeTemporaryFolder();
  const file = `${folder.path}/audit.csv`;
  expect(await cli.json(['audit', 'export', '--output', file, '--format', 'csv'])).toEqual({
    file,
    format: 'csv',
  });
  expect(await readFile(file, 'utf8')).toBe((await cli.run(['audit', 'export'])).stdout);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const again = await cli.run(['audit', 'export', '--output', file]);
  expect(again.stderr).toMatch(/^error file_not_written: .*is there already/);
  const nowhere = await cli.run(['audit', 'export', '--output', `${folder.path}/no/audit.csv`]);
  expect(nowhere.stderr).toMatch(/^error file_not_written: /);
});
