import { openSquareOffs } from '@orderlane/db/open-square-offs';
import { insertMapping } from '@orderlane/db/strategies';
import { brandIds, type WebhookId } from '@orderlane/domain/ids';
import type { HeldCase } from '../../tools/src/held-cases/case-file.ts';
import { applyBrake } from './brakes.ts';
import { makeAccount, makeStrategy, type Seed } from './factories.ts';
import type { FreshParts } from './fresh-parts.ts';

/** Makes the case's strategy, what it holds and what holds it back; answers the webhook to call. */
export async function setUpHeldCase(
  parts: Pick<FreshParts, 'db'>,
  one: HeldCase,
): Promise<{ webhookId: WebhookId; seed: Seed }> {
  const { db } = parts;
  const webhookId = brandIds.webhook(crypto.randomUUID());
  const accountId = await makeAccount(db);
  const { mappings, ...strategy } = one.strategy;
  const strategyId = await makeStrategy(db, {
    ...strategy,
    account_id: accountId,
    webhook_id: webhookId,
  });
  const seed = { db, accountId, strategyId };
  for (const { signal_symbol: signalSymbol, product_type: product, ...mapping } of mappings) {
    await insertMapping(db, { ...mapping, strategyId, signalSymbol, product });
  }
  for (const brake of one.brakes) {
    await applyBrake(seed, brake, { scope: 'strategy', id: strategyId });
  }
  for (const held of one.held) await hold(seed, held);
  if (one.square_off_began) await beginSquareOff(seed, one);
  return { webhookId, seed };
}

async function hold(
  { db, accountId, strategyId }: Seed,
  { exchange, symbol, product, own, entries }: HeldCase['held'][number],
): Promise<void> {
  const { id } = await db
    .insertInto('strategy_instruments')
    .values({ strategy_id: strategyId, account_id: accountId, exchange, symbol, product })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const mode of ['live', 'analyze'] as const) {
    await db
      .insertInto('positions')
      .values({ strategy_instrument_id: id, mode, own, entries })
      .execute();
  }
}

async function beginSquareOff({ db, strategyId }: Seed, one: HeldCase): Promise<void> {
  const sessionDate = one.now_ist.slice(0, 10);
  const due = { strategyId, sessionDate, dueTime: '15:10', detail: null };
  await openSquareOffs(db, [{ ...due, status: 'working' }]);
}
