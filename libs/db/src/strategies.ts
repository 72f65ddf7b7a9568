import type { FormerMapping } from '@orderlane/domain/former-mapping';
import type { AccountId, StrategyId, WebhookId } from '@orderlane/domain/ids';
import type { Mapping } from '@orderlane/domain/mapping';
import type { Strategy } from '@orderlane/domain/strategy';
import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import { listFormerMappings } from './former-mappings.ts';
import type { Db } from './open-db.ts';
import type { StrategiesTable } from './schema/strategies.ts';
import type { StrategySymbolMappingsTable } from './schema/strategy-symbol-mappings.ts';

export type StrategyRow = Selectable<StrategiesTable>;
type MappingRow = Selectable<StrategySymbolMappingsTable>;

function toMapping(row: MappingRow): Mapping {
  return {
    id: row.id,
    signalSymbol: row.signal_symbol,
    symbol: row.symbol,
    exchange: row.exchange,
    product: row.product,
    quantity: row.quantity,
    multiplier: row.multiplier,
  };
}

function toStrategy(
  row: StrategyRow,
  mappings: readonly MappingRow[],
  formerMappings: readonly FormerMapping[],
): Strategy {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    name: row.name,
    accountId: row.account_id,
    platform: row.platform,
    isActive: row.is_active,
    exitsOnly: row.exits_only,
    isIntraday: row.is_intraday,
    tradingMode: row.trading_mode,
    startTime: row.start_time,
    endTime: row.end_time,
    squareoffTime: row.squareoff_time,
    positionScope: row.position_scope,
    chartinkAction: row.chartink_action,
    duplicateWindowMs: row.duplicate_window_ms,
    entryMaxAgeMs: row.entry_max_age_ms,
    maxQuantity: row.max_quantity,
    maxEntries: row.max_entries,
    maxOrdersPerDay: row.max_orders_per_day,
    tradingDays: row.trading_days,
    onceADay: row.once_a_day,
    allowedSources: row.allowed_sources,
    sharedSecretHash: row.shared_secret_hash,
    mappings: mappings.map(toMapping),
    formerMappings,
    version: row.version,
  };
}

export async function listMappings(db: Db, strategyId: StrategyId): Promise<Mapping[]> {
  return (await selectMappings(db, strategyId)).map(toMapping);
}

async function selectMappings(db: Db, strategyId: StrategyId): Promise<MappingRow[]> {
  return await db
    .selectFrom('strategy_symbol_mappings')
    .selectAll()
    .where('strategy_id', '=', strategyId)
    .orderBy('id')
    .execute();
}

/** The version was read first: mappings that are newer only make the store decide again. */
async function withMappings(db: Db, row: StrategyRow): Promise<Strategy> {
  const mappings = await selectMappings(db, row.id);
  return toStrategy(row, mappings, await listFormerMappings(db, row.id));
}

/** The strategy that a webhook's address names, with its mappings; deleted ones are gone. */
export async function findStrategyByWebhook(
  db: Db,
  webhookId: WebhookId,
): Promise<Strategy | undefined> {
  const row = await db
    .selectFrom('strategies')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row && (await withMappings(db, row));
}

export async function findStrategy(db: Db, id: StrategyId): Promise<Strategy | undefined> {
  return (await findStrategyWithOwner(db, id))?.strategy;
}

export interface OwnedStrategy {
  strategy: Strategy;
  /** The user whose it is. */
  owner: string;
}

export async function findStrategyWithOwner(
  db: Db,
  id: StrategyId,
): Promise<OwnedStrategy | undefined> {
  const row = await db
    .selectFrom('strategies')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row && { strategy: await withMappings(db, row), owner: row.user_id };
}

/** By the name that their owners, each of them once, gave them; deleted ones are gone. */
export async function listStrategyIdsByName(db: Db, name: string): Promise<StrategyId[]> {
  const rows = await db
    .selectFrom('strategies')
    .select('id')
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The active strategies that trade on an account, or still hold something there, with their mappings. */
export async function listActiveStrategiesOf(db: Db, accountId: AccountId): Promise<Strategy[]> {
  const rows = await db
    .selectFrom('strategies')
    .selectAll()
    .where(
      sql<boolean>`(account_id = ${accountId} or exists (select from former_mappings f
        join strategy_instruments si on si.id = f.strategy_instrument_id
        where si.strategy_id = strategies.id and si.account_id = ${accountId}))`,
    )
    .where('is_active', '=', true)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  const strategies: Strategy[] = [];
  for (const row of rows) strategies.push(await withMappings(db, row));
  return strategies;
}

export async function listStrategies(db: Db): Promise<StrategyRow[]> {
  return await db
    .selectFrom('strategies')
    .selectAll()
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** @throws a unique violation when the owner has a strategy of that name. */
export async function insertStrategy(
  db: Db,
  strategy: Insertable<StrategiesTable>,
): Promise<StrategyId> {
  const { id } = await db
    .insertInto('strategies')
    .values(strategy)
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Turns a strategy on or off: off refuses its webhooks and voids its queued entries at the claim. */
export async function toggleStrategy(
  db: Db,
  args: { id: StrategyId; isActive: boolean },
): Promise<void> {
  await db
    .updateTable('strategies')
    .set({ is_active: args.isActive, exits_only: false })
    .where('id', '=', args.id)
    .where('deleted_at', 'is', null)
    .execute();
}

/**
 * Deletes a strategy for its users; its signals and orders stay.
 * @throws a restrict violation while it holds something, or may come to
 */
export async function deleteStrategy(db: Db, id: StrategyId): Promise<void> {
  await db
    .updateTable('strategies')
    .set({ is_active: false, exits_only: false, deleted_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .execute();
}

export interface MappingToInsert extends Omit<Mapping, 'id' | 'multiplier'> {
  multiplier?: number | null;
  strategyId: StrategyId;
}

/** @throws a unique violation when the strategy maps that signal symbol already. */
export async function insertMapping(db: Db, mapping: MappingToInsert): Promise<number> {
  const { id } = await db
    .insertInto('strategy_symbol_mappings')
    .values({
      strategy_id: mapping.strategyId,
      signal_symbol: mapping.signalSymbol,
      symbol: mapping.symbol,
      exchange: mapping.exchange,
      product: mapping.product,
      quantity: mapping.quantity,
      multiplier: mapping.multiplier ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function deleteMapping(
  db: Db,
  args: { strategyId: StrategyId; id: number },
): Promise<boolean> {
  const result = await db
    .deleteFrom('strategy_symbol_mappings')
    .where('strategy_id', '=', args.strategyId)
    .where('id', '=', args.id)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
