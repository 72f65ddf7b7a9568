import { startSimulator } from '@orderlane/simulator/start-simulator';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startCli } from '../support/cli-parts.ts';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { freePort } from '../support/free-port.ts';

const apiKey = 'planted-key-0123456789';

async function startOpenAlgo(mode: 'live' | 'analyze') {
  const simulator = await startSimulator({ apikeys: [apiKey], mode });
  return { ...simulator, [Symbol.asyncDispose]: async () => await simulator.stop() };
}

test('an account in analyze mode trades at once; its key is nowhere in the clear', async () => {
  await using openalgo = await startOpenAlgo('analyze');
  await using cli = await startCli({ HOST_SERVER: `${openalgo.url}/` });

  const added = await cli.run(['account', 'add', 'paper', '--no-trades-elsewhere'], `${apiKey}\n`);
  expect(added).toMatchObject({ code: 0, stderr: '' });
  expect(added.stdout).toContain('mode analyze');
  expect(added.stdout).not.toContain(apiKey);
  expect(await cli.json(['account', 'list'])).toMatchObject([
    {
      name: 'paper',
      base_url: openalgo.url,
      mode: 'analyze',
      trading: 'on',
      trades_elsewhere: false,
    },
  ]);
  const { rows } = await sql<{ dump: string }>`
    select (select jsonb_agg(a) from openalgo_accounts a)::text
      || (select jsonb_agg(l) from audit_log l)::text as dump`.execute(cli.parts.db);
  expect(rows[0]?.dump).toContain('account.add');
  expect(rows[0]?.dump).not.toContain(apiKey);
});

test('a live account trades only after its owner said so in words', async () => {
  await using openalgo = await startOpenAlgo('live');
  await using cli = await startCli();
  const added = await cli.run(['account', 'add', 'main', '--url', openalgo.url], apiKey);
  expect(added.stdout).toContain('account trading-on "main"');
  expect(await cli.json(['account', 'list'])).toMatchObject([
    { mode: 'live', trading: 'off', trades_elsewhere: true },
  ]);

  const silent = await cli.run(['account', 'trading-on', 'main']);
  expect(silent.stderr).toMatch(/^error confirmation_missing: .*Account main may trade/);
  const wrong = await cli.run(['account', 'trading-on', 'main', '--confirm', 'yes']);
  expect(wrong.stderr).toMatch(/^error confirmation_differs: /);
  expect(await cli.json(['account', 'list'])).toMatchObject([{ trading: 'off' }]);

  const sentence = 'Account main may trade with real money';
  expect(await cli.json(['account', 'trading-on', 'main', '--confirm', sentence])).toMatchObject({
    trading: 'on',
  });
});

test('pause and resume, by name or number', async () => {
  await using openalgo = await startOpenAlgo('analyze');
  await using cli = await startCli({ HOST_SERVER: openalgo.url });
  await cli.json(['account', 'add', 'paper'], apiKey);

  await cli.json(['account', 'pause', 'paper', '--reason', 'holiday']);
  expect((await cli.run(['account', 'list'])).stdout).toMatch(/paper +analyze +on +paused/);
  expect(await cli.json(['account', 'list'])).toMatchObject([{ pause_reason: 'holiday' }]);
  expect(await cli.json(['account', 'resume', '1'])).toMatchObject({
    paused_at: null,
    pause_reason: null,
  });
  expect((await cli.run(['account', 'pause', 'other'])).stderr).toMatch(/^error unknown_account/);
});

test('nothing is stored of an account that cannot be', async () => {
  await using openalgo = await startOpenAlgo('live');
  await using page = await startHttpServer((response) => answerJson(response, 200, '<html>'));
  await using cli = await startCli({ HOST_SERVER: openalgo.url });
  const away = `http://127.0.0.1:${await freePort()}`;

  for (const [args, input, code] of [
    [['main'], '', 'invalid_account'],
    [['main'], 'x'.repeat(300), 'invalid_account'],
    [['main'], 'another-key', 'wrong_key'],
    [['main', '--url', away], apiKey, 'openalgo_unreachable'],
    [['main', '--url', page.url], apiKey, 'not_openalgo'],
    [['main', '--url', 'localhost'], apiKey, 'invalid_account'],
    [['7'], apiKey, 'invalid_account'],
  ] as const) {
    const { code: exitCode, stdout, stderr } = await cli.run(['account', 'add', ...args], input);
    expect({ code, exitCode, stdout }).toEqual({ code, exitCode: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^error ${code}: [^\n]+\n$`));
    expect(stderr).not.toContain(apiKey);
  }
  expect(await cli.json(['account', 'list'])).toEqual([]);
});

test('one OpenAlgo is one account', async () => {
  await using openalgo = await startOpenAlgo('analyze');
  await using cli = await startCli({ HOST_SERVER: openalgo.url });
  await cli.json(['account', 'add', 'first'], apiKey);

  const again = await cli.run(
    ['account', 'add', 'second', '--url', `${openalgo.url}/api/v1/`],
    apiKey,
  );
  expect(again.stderr).toMatch(/^error account_exists: /);
  // Under another name of the same machine too: two gates would pace one broker.
  const { port } = new URL(openalgo.url);
  const alias = ['account', 'add', 'second', '--url', `http://localhost:${port}`];
  expect((await cli.run(alias, apiKey)).stderr).toMatch(/^error account_exists: /);
  expect(await cli.json(['account', 'list'])).toMatchObject([{ name: 'first' }]);
});

test('a right key without a broker login is stored, and does not trade', async () => {
  await using openalgo = await startHttpServer((response, { path }) => {
    if (path === '/api/v1/search') answerJson(response, 200, { status: 'success', data: [] });
    else answerJson(response, 403, { status: 'error', message: 'Invalid openalgo apikey' });
  });
  await using cli = await startCli({ HOST_SERVER: openalgo.url });

  const added = await cli.run(['account', 'add', 'main'], apiKey);
  expect(added.stdout).toContain('broker login missing');
  expect(await cli.json(['account', 'list'])).toMatchObject([{ mode: null, trading: 'off' }]);
});
