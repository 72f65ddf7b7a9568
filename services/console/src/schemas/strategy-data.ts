import { findAccount } from '@orderlane/db/accounts';
import type { HeldPlace } from '@orderlane/db/held-places';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import type { Strategy } from '@orderlane/domain/strategy';
import type { HeldOutcome } from '@orderlane/manage/held-change';
import { strategyData } from '@orderlane/manage/strategy-data';
import type { ManageDeps } from '../http/manage-deps.ts';

/** A strategy with the names that a person knows. */
export async function showStrategy(
  { db, publicUrl }: Pick<ManageDeps, 'db' | 'publicUrl'>,
  strategy: Strategy,
) {
  const { accountId } = strategy;
  const account = accountId === null ? undefined : await findAccount(db, accountId);
  const shown = strategyData({ strategy, accountName: account?.name ?? null, publicUrl });
  const { trading_days, allowed_sources } = shown;
  return {
    ...shown,
    account_id: accountId,
    trading_days: trading_days && [...trading_days],
    allowed_sources: allowed_sources && [...allowed_sources],
  };
}

/** For those who may only look: who knows the webhook's address can trade. */
export function withoutWebhook<Shown extends { webhook_id: string; webhook_url: string }>(
  shown: Shown,
) {
  return { ...shown, webhook_id: null, webhook_url: null };
}

/** Warnings under the names of the API. */
export function showWarnings(warnings: readonly SaveIssue[]) {
  return warnings.map(({ field, text: warning }) => ({
    field: field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    warning,
  }));
}

export function showHeld(held: readonly HeldPlace[]) {
  return held.map(({ exchange, symbol, product, own, openOrders: open_orders }) => ({
    ...{ exchange, symbol, product, own, open_orders },
  }));
}

/** What became of what is held by a change. */
export function showOutcome({ affected, closings }: Pick<HeldOutcome, 'affected' | 'closings'>) {
  return { held: showHeld(affected), closing: closings.exits.length + closings.joined.length > 0 };
}
