import type { StrategyId } from '@orderlane/domain/ids';
import type { Mapping } from '@orderlane/domain/mapping';
import type { Db } from './open-db.ts';

/** A statement takes so many parameters at the most that this many rows fit easily. */
const rowsAtOnce = 1000;

/** @throws a unique violation when the strategy maps one of the signal symbols already. */
export async function insertMappings(
  db: Db,
  { strategyId, mappings }: { strategyId: StrategyId; mappings: readonly Omit<Mapping, 'id'>[] },
): Promise<void> {
  for (let from = 0; from < mappings.length; from += rowsAtOnce) {
    const rows = mappings.slice(from, from + rowsAtOnce).map((mapping) => ({
      strategy_id: strategyId,
      ...valuesOf(mapping),
    }));
    await db.insertInto('strategy_symbol_mappings').values(rows).execute();
  }
}

/** @throws a unique violation when another mapping of the strategy has the signal symbol. */
export async function updateMapping(
  db: Db,
  { strategyId, mapping }: { strategyId: StrategyId; mapping: Mapping },
): Promise<void> {
  await db
    .updateTable('strategy_symbol_mappings')
    .set(valuesOf(mapping))
    .where('strategy_id', '=', strategyId)
    .where('id', '=', mapping.id)
    .execute();
}

function valuesOf(mapping: Omit<Mapping, 'id'>) {
  const { signalSymbol, symbol, exchange, product, quantity, multiplier } = mapping;
  return { signal_symbol: signalSymbol, symbol, exchange, product, quantity, multiplier };
}
