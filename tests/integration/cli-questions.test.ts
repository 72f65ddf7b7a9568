import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCli } from '@orderlane/cli/run-cli';
import { insertMapping } from '@orderlane/db/strategies';
import { createSecretBox } from '@orderlane/runtime/secret-box';
import { startSimulator } from '@orderlane/simulator/start-simulator';
import { expect, test } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';

const questions = ['[Y/n] ', 'next session] ', 'show): ', '\n> '];

/** The command line with a person at it, who types the next line after each question. */
async function type(parts: FreshParts, args: string[], answers: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const waiting = [...answers];
  let asked = '';
  stderr.on('data', (chunk: Buffer) => {
    asked += chunk.toString();
    if (questions.some((question) => chunk.toString().includes(question))) {
      setImmediate(() => stdin.write(`${waiting.shift() ?? ''}\r`));
    }
  });
  const environment = {
    DATABASE_URL: parts.databaseUrl,
    ORDERLANE_SECRET_KEY: 'a secret of tests, with 32 characters',
    TRADING_CLOCK: '2026-02-10T10:00:00+05:30',
  };
  const cli = {
    environment,
    stdin,
    stdout,
    stderr,
    isInteractive: true,
    who: 'cli:test',
    from: 'test',
  };
  const code = await runCli(cli, args);
  stdout.end();
  return { code, asked, said: await text(stdout) };
}

test('an account is asked for its key, which does not show, and for who else trades it', async () => {
  await using parts = await freshParts();
  const simulator = await startSimulator({ apikeys: ['planted-key'], mode: 'live' });

  const args = ['account', 'add', 'main', '--url', simulator.url];
  const { code, asked, said } = await type(parts, args, ['planted-key', 'n']);
  await simulator.stop();

  expect(code).toBe(0);
  expect(asked).toContain('API key');
  expect(`${asked}${said}`).not.toContain('planted-key');
  const accounts = await parts.db.selectFrom('openalgo_accounts').selectAll().execute();
  expect(accounts).toMatchObject([{ name: 'main', trades_elsewhere: false }]);
});

test('the sentence that turns trading on is typed', async () => {
  await using parts = await freshParts();
  await makeAccount(parts.db, { name: 'main' });

  const wrong = await type(parts, ['account', 'trading-on', 'main'], ['yes']);
  expect(wrong.code).toBe(1);
  const right = 'Account main may trade with real money';
  expect(await type(parts, ['account', 'trading-on', 'main'], [right])).toMatchObject({ code: 0 });
});

test('a strategy closes its own position, unless nothing else trades its symbols', async () => {
  await using parts = await freshParts();
  await makeAccount(parts.db, { name: 'main' });
  const create = (name: string) => ['strategy', 'create', name, '--mode', 'LONG'];
  const scopes = async () =>
    await parts.db
      .selectFrom('strategies')
      .select(['name', 'position_scope'])
      .orderBy('id')
      .execute();

  expect(await type(parts, create('Demo'), [''])).toMatchObject({ code: 0 });
  expect(await type(parts, create('Alone'), ['no'])).toMatchObject({ code: 0 });
  expect(await type(parts, [...create('Said'), '--position-scope', 'account'], [])).toMatchObject({
    code: 0,
  });
  expect(await scopes()).toEqual([
    { name: 'Demo', position_scope: 'strategy' },
    { name: 'Alone', position_scope: 'account' },
    { name: 'Said', position_scope: 'account' },
  ]);
});

test('everything is stopped, and released, only by the typed words', async () => {
  await using parts = await freshParts();
  const stopped = async () => (await parts.db.selectFrom('brakes').selectAll().execute()).length;

  expect(await type(parts, ['stop', '--everything'], ['yes'])).toMatchObject({ code: 1 });
  expect(await stopped()).toBe(0);
  expect(await type(parts, ['stop', '--everything'], ['Stop everything'])).toMatchObject({
    code: 0,
  });
  const resume = await type(parts, ['resume', '--everything'], ['stop everything']);
  expect(resume).toMatchObject({ code: 1, asked: expect.stringContaining('0 exits that wait go') });
  expect(await stopped()).toBe(1);
  await type(parts, ['resume', '--everything'], ['resume everything']);
  expect(await stopped()).toBe(0);
});

test('a square-off time that has passed today asks what it means', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  const account_id = await makeAccount(db, { name: 'main' });
  const times = { start_time: '09:20', end_time: '09:30', squareoff_time: '15:10' };
  const strategyId = await makeStrategy(db, {
    ...{ account_id, name: 'Demo', is_intraday: true, ...times },
  });
  const mapping = { strategyId, signalSymbol: 'SBIN', symbol: 'SBIN', quantity: 10 };
  await insertMapping(db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  const edit = ['strategy', 'edit', 'Demo', '--squareoff'];
  const squareOffs = async () => await db.selectFrom('square_offs').select('due_time').execute();

  const unsure = await type(parts, [...edit, '09:40'], ['perhaps']);
  expect(unsure).toMatchObject({ code: 1, asked: expect.stringContaining('09:40 has passed') });
  expect(await type(parts, [...edit, '09:40'], ['n'])).toMatchObject({ code: 0 });
  expect(await squareOffs()).toEqual([]);
  const now = await type(parts, [...edit, '09:45'], ['y']);
  expect(now).toMatchObject({ code: 0, said: expect.stringContaining('squared off now') });
  expect(await squareOffs()).toEqual([{ due_time: '09:45' }]);
});

test('the secret key until now is asked for, and does not show', async () => {
  await using parts = await freshParts();
  await makeAccount(parts.db, { name: 'main' });
  const oldKey = 'an old secret of tests, with 32 characters';
  await parts.db
    .updateTable('openalgo_accounts')
    .set({ api_key_box: createSecretBox(oldKey).seal('api-key') })
    .execute();

  const { code, asked, said } = await type(parts, ['keys', 'rotate'], [oldKey]);
  expect(code).toBe(0);
  expect(asked).toBe('Secret key until now (it does not show): \n');
  expect(said).toContain('Account "main": sealed anew');
  expect(`${asked}${said}`).not.toContain(oldKey);
});
