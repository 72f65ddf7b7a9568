import { deleteMapping, deleteStrategy } from '@orderlane/db/strategies';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAccount, storeOrder } from '../support/factories.ts';
import { type Holder, openHolder } from '../support/holder.ts';

let holder: Holder;

beforeEach(async () => {
  holder = await openHolder();
});
afterEach(async () => {
  await holder[Symbol.asyncDispose]();
});

const db = () => holder.seed.db;
const run = async (statement: string) => void (await sql.raw(statement).execute(db()));

async function mappingId(): Promise<number> {
  const row = await db()
    .selectFrom('strategy_symbol_mappings')
    .select('id')
    .where('signal_symbol', '=', 'SBIN')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function letGo(): Promise<void> {
  await db().updateTable('positions').set({ own: 0 }).execute();
}

const refused = /something is held, or coming, there|violates foreign key/;

describe('while something is held, Postgres itself refuses', () => {
  it.each([
    ['to delete the strategy', 'update strategies set deleted_at = now()'],
    ['to delete its row', 'delete from strategies'],
    ['to delete the account', 'update openalgo_accounts set deleted_at = now()'],
    ['to delete its row', 'delete from openalgo_accounts'],
    ['to delete the instrument', 'delete from strategy_instruments'],
    ['to call the instrument another', "update strategy_instruments set symbol = 'INFY'"],
    ['to give the instrument to nobody', 'update strategy_instruments set account_id = null'],
    ['to move an order', "update orders set product = 'CNC'"],
    ['to delete the position', 'delete from positions'],
    ['to delete its mapping', "delete from strategy_symbol_mappings where signal_symbol = 'SBIN'"],
    ['to change its mapping', "update strategy_symbol_mappings set product = 'CNC'"],
    ['to take the account away', 'update strategies set account_id = null'],
  ])('%s: %s', async (_what, statement) => {
    await expect(run(statement)).rejects.toThrow(refused);
  });
});

it('refuses while an order is still open, though nothing is held', async () => {
  await letGo();
  await storeOrder(holder.seed, {});
  await expect(deleteStrategy(db(), holder.strategyId)).rejects.toThrow(refused);
  const mapping = { strategyId: holder.strategyId, id: await mappingId() };
  await expect(deleteMapping(db(), mapping)).rejects.toThrow(refused);
});

it('lets everything go once nothing is held', async () => {
  await letGo();
  await run('delete from strategy_symbol_mappings');
  await run('update strategies set account_id = null');
  await run('update strategies set is_active = false, deleted_at = now()');
  await run('update openalgo_accounts set deleted_at = now()');
});

it('an account is kept while a strategy trades on it, whatever is held', async () => {
  await letGo();
  await expect(run('update openalgo_accounts set deleted_at = now()')).rejects.toThrow(refused);
});

it('lets a mapping and an account change where what was built is kept for exits', async () => {
  const other = await makeAccount(db());
  await db()
    .transaction()
    .execute(async (trx) => {
      // In either order: it is looked at when the transaction is over.
      await sql`update strategies set account_id = ${other}`.execute(trx);
      await sql`delete from strategy_symbol_mappings`.execute(trx);
      await sql`insert into former_mappings (strategy_instrument_id, signal_symbol)
        select id, symbol from strategy_instruments`.execute(trx);
    });
  expect(await holder.kept()).toEqual(['SBIN']);
});

it('an OpenAlgo whose account was deleted may be added again', async () => {
  await letGo();
  await run('update strategies set is_active = false, deleted_at = now()');
  await run('update openalgo_accounts set deleted_at = now()');
  await run(`insert into openalgo_accounts (user_id, name, base_url, api_key_box, api_key_fingerprint)
    select user_id, name, base_url, 'again', api_key_fingerprint from openalgo_accounts`);
  expect(await holder.cli.json(['account', 'list'])).toHaveLength(1);
});
