import { findAccount } from '@orderlane/db/accounts';
import type { HeldInstrument } from '@orderlane/db/held-instruments';
import type { SaveIssue } from '@orderlane/domain/save-issue';
import type { Strategy } from '@orderlane/domain/strategy';
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

/** Warnings under the names of the API. */
export function showWarnings(warnings: readonly SaveIssue[]) {
  return warnings.map(({ field, text: warning }) => ({
    field: field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    warning,
  }));
}

export function showHeld(held: readonly HeldInstrument[]) {
  return held.map(({ openOrders: open_orders, ...rest }) => ({ ...rest, open_orders }));
}
