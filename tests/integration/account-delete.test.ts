import { endWhatIsFlat } from '@orderlane/db/let-go';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount } from '../support/factories.ts';
import { type Holder, openHolder } from '../support/holder.ts';

let holder: Holder;

beforeEach(async () => {
  holder = await openHolder();
});
afterEach(async () => {
  await holder[Symbol.asyncDispose]();
});

const json = async (...args: string[]) => await holder.cli.json(args);
const accounts = async () => await json('account', 'list');
const remove = async (...args: string[]) => await json('account', 'delete', 'main', ...args);

async function keyBox(): Promise<string> {
  const row = await holder.seed.db
    .selectFrom('openalgo_accounts')
    .select('api_key_box')
    .where('id', '=', holder.accountId)
    .executeTakeFirstOrThrow();
  return row.api_key_box;
}

it('an account that a strategy trades on stays', async () => {
  const { code, stderr } = await holder.cli.run(['account', 'delete', 'main']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error account_in_use: .*Holder/);
  expect(await accounts()).toMatchObject([{ name: 'main', delete_when_flat: false }]);
});

it('one that has traded and holds nothing goes with its key; its orders stay', async () => {
  await json('strategy', 'delete', 'Holder', '--forget');
  expect(await remove()).toMatchObject({ deleted: true, held: [] });
  expect(await accounts()).toEqual([]);
  expect(await keyBox()).toBe('');
  expect(await holder.seed.db.selectFrom('orders').select('id').execute()).toHaveLength(1);
  const { stderr } = await holder.cli.run(['account', 'pause', 'main']);
  expect(stderr).toMatch(/^error unknown_account/);
});

describe('where a strategy that moved elsewhere still holds something', () => {
  beforeEach(async () => {
    await makeAccount(holder.seed.db, { name: 'second' });
    await json('strategy', 'edit', 'Holder', '--account', 'second');
  });

  it('it serves exits until that is flat, and goes then', async () => {
    const { stdout } = await holder.cli.run(['account', 'delete', 'main']);
    expect(stdout).toContain('Account "main" is deleted once nothing is held there');
    expect(stdout).toContain('Kept for exits until it is flat: NSE:SBIN MIS 10');
    expect(await accounts()).toMatchObject([{ delete_when_flat: true }, { name: 'second' }]);
    expect((await holder.cli.run(['account', 'list'])).stdout).toMatch(/main .* going/);
    await holder.post({ symbol: 'SBIN', action: 'SELL' });
    expect(await holder.queued()).toEqual(['SBIN SELL 10 exit']);
    expect(await endWhatIsFlat(holder.seed.db)).toEqual([]);
    expect(await keyBox()).not.toBe('');

    await holder.seed.db.deleteFrom('former_mappings').execute();
    await holder.seed.db
      .updateTable('orders')
      .set({ status: 'cancelled' })
      .where('status', '=', 'queued')
      .execute();
    await holder.seed.db.updateTable('positions').set({ own: 0 }).execute();
    await holder.seed.db
      .updateTable('closings')
      .set({ status: 'verified', ended_at: new Date() })
      .execute();
    expect(await endWhatIsFlat(holder.seed.db)).toMatchObject([{ kind: 'account', name: 'main' }]);
    expect(await accounts()).toMatchObject([{ name: 'second' }]);
    expect(await keyBox()).toBe('');
  });

  it('no strategy is put on it any more', async () => {
    await remove();
    for (const args of [
      ['edit', 'Holder', '--account', 'main'],
      ['create', 'Another', '--mode', 'LONG', '--account', 'main'],
    ]) {
      const { stderr } = await holder.cli.run(['strategy', ...args]);
      expect(stderr).toMatch(/^error unknown_account: .*being deleted/);
    }
  });

  it('--close-now closes it there', async () => {
    expect(await remove('--close-now')).toMatchObject({
      deleted: false,
      closings: [{ symbol: 'SBIN', action: 'SELL', quantity: 10 }],
    });
    const [order] = await holder.seed.db
      .selectFrom('orders')
      .select(['account_id', 'role'])
      .where('status', '=', 'queued')
      .execute();
    expect(order).toEqual({ account_id: holder.accountId, role: 'exit' });
  });

  it('--forget lets go of it, and the account goes at once', async () => {
    expect(await remove('--forget')).toMatchObject({ deleted: true, held: [{ own: 10 }] });
    expect(await holder.owned()).toEqual({ SBIN: 0 });
    const [entry] = await holder.seed.db
      .selectFrom('audit_log')
      .select(['who', 'before', 'after'])
      .where('what', '=', 'account.delete')
      .execute();
    expect(entry).toMatchObject({
      who: 'cli:asha',
      before: { name: 'main', held: [{ symbol: 'SBIN', own: 10 }] },
      after: { choice: 'forget', gone: true },
    });
  });
});
