import type { AccountId, StrategyId } from '@orderlane/domain/ids';
import type { Instrument } from '@orderlane/domain/instrument';
import { sql } from 'kysely';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';
import type { HeldInstrument } from './store-signal.ts';

/**
 * What the strategy holds in these instruments, in the account's present mode. They stay locked until
 * the transaction ends, so that nothing else is stored for them meanwhile.
 */
export async function lockHeld(
  db: Db,
  args: {
    strategyId: StrategyId;
    accountId: AccountId | null;
    instruments: readonly Instrument[];
  },
): Promise<HeldInstrument[]> {
  if (args.accountId === null || args.instruments.length === 0) return [];
  const parameters = {
    strategy_id: args.strategyId,
    account_id: args.accountId,
    plans: args.instruments.map(({ exchange, symbol, product }) => ({ exchange, symbol, product })),
  };
  const { rows } = await sql<{ held: HeldInstrument[] }>`
    select lock_held(${jsonParameter(parameters)}::jsonb) as held`.execute(db);
  return rows[0]?.held ?? [];
}

/** The same without a lock: what it was a moment ago. */
export async function readHeld(
  db: Db,
  args: {
    strategyId: StrategyId;
    accountId: AccountId | null;
    instruments: readonly Instrument[];
  },
): Promise<HeldInstrument[]> {
  const { strategyId, accountId } = args;
  if (accountId === null || args.instruments.length === 0) return [];
  const instruments = args.instruments.map(({ exchange, symbol, product }) => ({
    ...{ exchange, symbol, product },
  }));
  const { rows } = await sql<{ held: HeldInstrument[] }>`
    select held_now(${strategyId}, ${accountId}, ${jsonParameter(instruments)}::jsonb) as held`.execute(
    db,
  );
  return rows[0]?.held ?? [];
}
