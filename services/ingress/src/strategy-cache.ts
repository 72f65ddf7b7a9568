import type { WebhookTarget } from '@orderlane/db/webhook-target';
import type { WebhookId } from '@orderlane/domain/ids';
import type { Targets } from '@orderlane/signals/accept-signal';

export interface StrategyCache extends Targets {
  forgetAll(): void;
}

interface Entry {
  target: Promise<WebhookTarget | undefined>;
  readAt: number;
}

const maxEntries = 100_000;

/**
 * Keeps what decisions are made from until a change is announced, or `maxAgeMs`. It is a hint: the
 * store compares the strategy's version, and a decision made from an older one is made again; the
 * kill switch, which moves no version, is held to by the claim. Ids that are unknown are not kept, so
 * that a new strategy's first webhook works at once.
 */
export function createStrategyCache(deps: {
  load(webhookId: WebhookId): Promise<WebhookTarget | undefined>;
  monotonicNow(): number;
  maxAgeMs: number;
}): StrategyCache {
  const entries = new Map<WebhookId, Entry>();
  const forget = (webhookId: WebhookId) => void entries.delete(webhookId);
  return {
    async get(webhookId) {
      const known = entries.get(webhookId);
      if (known !== undefined && deps.monotonicNow() - known.readAt < deps.maxAgeMs) {
        return await known.target;
      }
      if (entries.size >= maxEntries) entries.clear();
      const entry = { target: deps.load(webhookId), readAt: deps.monotonicNow() };
      entries.set(webhookId, entry);
      try {
        const target = await entry.target;
        if (target === undefined) forget(webhookId);
        return target;
      } catch (error) {
        forget(webhookId);
        throw error;
      }
    },
    forget,
    forgetAll: () => entries.clear(),
  };
}
