import { setWebhookId, updateStrategy } from '@orderlane/db/change-strategies';
import { brandIds, type StrategyId } from '@orderlane/domain/ids';
import type { Strategy } from '@orderlane/domain/strategy';
import { hashSharedSecret, shortestSecret } from '@orderlane/runtime/shared-secret';
import { getStrategy } from './find-owned.ts';
import { saveError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { newWebhookId } from './new-webhook-id.ts';
import { recordChange } from './record-change.ts';

/** Gives a strategy's webhook another address; the old one is unknown from then on. @throws ManageError unknown_strategy */
export async function rotateWebhook(manager: Manager, id: StrategyId): Promise<Strategy> {
  await getStrategy(manager, id);
  await setWebhookId(manager.db, { id, webhookId: brandIds.webhook(newWebhookId()) });
  await recordChange(manager, { what: 'strategy.rotate_webhook', subject: `strategy ${id}` });
  return await getStrategy(manager, id);
}

/**
 * Sets what senders must say besides the address; null: nothing. Only a hash of it is kept.
 * @throws ManageError unknown_strategy, invalid_strategy
 */
export async function setSharedSecret(
  manager: Manager,
  { strategyId: id, secret }: { strategyId: StrategyId; secret: string | null },
): Promise<Strategy> {
  const before = await getStrategy(manager, id);
  const hash = secret === null ? null : hashSharedSecret(checked(secret));
  await updateStrategy(manager.db, { id, values: { shared_secret_hash: hash } });
  await recordChange(manager, {
    what: 'strategy.shared_secret',
    subject: `strategy ${id}`,
    before: { is_set: before.sharedSecretHash !== null },
    after: { is_set: hash !== null },
  });
  return await getStrategy(manager, id);
}

function checked(secret: string): string {
  if (secret.length >= shortestSecret && secret.length <= 200) return secret;
  const text = `The shared secret has ${shortestSecret} to 200 characters`;
  throw saveError('invalid_strategy', [{ field: 'sharedSecret', text }]);
}
