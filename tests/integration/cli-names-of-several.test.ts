import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeAccount, makeStrategy, storeOrder } from '../support/factories.ts';
import { openHereCli } from '../support/here-cli.ts';
import { fillNew } from '../support/positions.ts';

let cli: Awaited<ReturnType<typeof openHereCli>>;
let ids: number[];

/** Two owners, each with an account `main` and a strategy `Demo` that holds ten SBIN. */
beforeEach(async () => {
  cli = await openHereCli({ ORDERLANE_SECRET_KEY: 'k'.repeat(32) });
  const { db } = cli.parts;
  ids = [];
  for (const user_id of ['owner', 'asha']) {
    const accountId = await makeAccount(db, { name: user_id });
    await db
      .updateTable('openalgo_accounts')
      .set({ user_id, name: 'main' })
      .where('id', '=', accountId)
      .execute();
    const strategyId = await makeStrategy(db, { account_id: accountId, user_id, name: 'Demo' });
    await fillNew({ db, accountId, strategyId }, {});
    ids.push(strategyId);
  }
});
afterEach(async () => await cli[Symbol.asyncDispose]());

const refused = { code: 1, stderr: expect.stringMatching(/\(1, 2\)/) };

it('a name that several owners gave is refused with the numbers, and nothing is done', async () => {
  for (const command of [
    ['strategy', 'show', 'Demo'],
    ['strategy', 'toggle', 'Demo', '--off'],
    ['strategy', 'delete', 'Demo'],
    ['mapping', 'list', 'Demo'],
    ['orders', '--strategy', 'Demo'],
    ['positions', 'list', '--strategy', 'Demo'],
    ['account', 'pause', 'main', '--reason', 'rest'],
    ['stop', '--strategy', 'Demo', '--yes'],
  ]) {
    expect([command, await cli.run(command)]).toMatchObject([command, refused]);
  }
  const { stderr } = await cli.run(['strategy', 'toggle', 'Demo', '--off', '--json']);
  expect(JSON.parse(stderr)).toMatchObject({ code: 'ambiguous_name' });
  const strategies = cli.parts.db.selectFrom('strategies').select(['is_active', 'deleted_at']);
  expect(await strategies.execute()).toEqual([
    { is_active: true, deleted_at: null },
    { is_active: true, deleted_at: null },
  ]);
  expect((await cli.run(['strategy', 'toggle', String(ids[1]), '--off'])).code).toBe(0);
  const active = cli.parts.db.selectFrom('strategies').select('id').where('is_active', '=', true);
  expect(await active.execute()).toEqual([{ id: ids[0] }]);
});

it('lists tell those of one name apart by their numbers', async () => {
  const [first = 0, second = 0] = ids;
  const alone = await makeStrategy(cli.parts.db, {
    account_id: await makeAccount(cli.parts.db),
    name: 'Alone',
  });
  const accountId = await makeAccount(cli.parts.db);
  await storeOrder({ db: cli.parts.db, accountId, strategyId: alone });
  for (const command of [['orders'], ['signals'], ['positions', 'list']]) {
    const { stdout } = await cli.run(command);
    expect([command, stdout]).toEqual([
      command,
      expect.stringMatching(new RegExp(`demo \\(${first}\\)`, 'i')),
    ]);
    expect(stdout).toMatch(new RegExp(`demo \\(${second}\\)`, 'i'));
  }
  expect((await cli.run(['signals'])).stdout).toMatch(/Alone +queued/);
  const { stdout } = await cli.run(['strategy', 'list']);
  expect(stdout).toMatch(/main \(1\)[\s\S]*main \(2\)/);
});
