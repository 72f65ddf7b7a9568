import type { FormerMapping } from '@orderlane/domain/former-mapping';
import type { StrategyId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';

/** What is kept of a strategy's mappings for exits alone, oldest first. */
export async function listFormerMappings(db: Db, strategyId: StrategyId): Promise<FormerMapping[]> {
  return await db
    .selectFrom('former_mappings as f')
    .innerJoin('strategy_instruments as si', 'si.id', 'f.strategy_instrument_id')
    .select([
      'f.signal_symbol as signalSymbol',
      'f.multiplier',
      'si.account_id as accountId',
      'si.exchange',
      'si.symbol',
      'si.product',
    ])
    .where('si.strategy_id', '=', strategyId)
    .orderBy('f.id')
    .execute();
}

/** Keeps them until nothing is held there; what is kept already stays as it is. */
export async function insertFormerMappings(
  db: Db,
  args: { strategyId: StrategyId; former: readonly FormerMapping[] },
): Promise<void> {
  if (args.former.length === 0) return;
  await sql`
    insert into former_mappings (strategy_instrument_id, signal_symbol, multiplier)
      select si.id, x."signalSymbol", x.multiplier
      from jsonb_to_recordset(${jsonParameter(args.former)}::jsonb)
          x("signalSymbol" text, multiplier integer, "accountId" integer, exchange text, symbol text, product text)
        join strategy_instruments si on si.strategy_id = ${args.strategyId} and si.account_id = x."accountId"
          and si.exchange = x.exchange and si.symbol = x.symbol and si.product = x.product
      on conflict do nothing`.execute(db);
}
