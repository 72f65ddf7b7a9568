import { randomUUID } from 'node:crypto';
import { confirmLiveTrading, insertAccount } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { insertMapping, insertStrategy } from '@orderlane/db/strategies';
import { type AccountId, brandIds, type WebhookId } from '@orderlane/domain/ids';
import type { Case } from './case-file.ts';

async function seedAccount(db: Db, name: string): Promise<AccountId> {
  const id = await insertAccount(db, {
    userId: name,
    name,
    baseUrl: 'http://127.0.0.1:5055',
    apiKeyBox: 'none: nothing is sent',
    apiKeyFingerprint: name,
    mode: 'live',
    tradesElsewhere: false,
  });
  await confirmLiveTrading(db, id);
  return id;
}

/** Makes the case's strategy, its owner's account and its mappings; returns the id to call. */
export async function seedCase(db: Db, { strategy }: Case): Promise<WebhookId> {
  const webhookId = brandIds.webhook(randomUUID());
  if (strategy.missing) return webhookId;
  const userId = randomUUID();
  const strategyId = await insertStrategy(db, {
    user_id: userId,
    account_id: strategy.no_api_key ? null : await seedAccount(db, userId),
    name: strategy.name,
    webhook_id: webhookId,
    platform: strategy.platform,
    trading_mode: strategy.trading_mode,
    is_active: strategy.is_active,
    is_intraday: strategy.is_intraday,
    start_time: strategy.start_time,
    end_time: strategy.end_time,
    squareoff_time: strategy.squareoff_time,
    position_scope: 'account',
  });
  for (const { signal_symbol, symbol, exchange, product_type, quantity } of strategy.mappings) {
    const signalSymbol = signal_symbol.trim().toUpperCase();
    await insertMapping(db, {
      strategyId,
      signalSymbol,
      symbol,
      exchange,
      product: product_type,
      quantity,
    });
  }
  return webhookId;
}
