import type { AccountRow } from '@orderlane/db/accounts';

/** An account as programs get it: never the key, sealed or not. */
export function accountData(account: AccountRow) {
  return {
    id: account.id,
    name: account.name,
    base_url: account.base_url,
    mode: account.mode,
    trading: mayTrade(account) ? 'on' : 'off',
    paused_at: account.paused_at,
    pause_reason: account.pause_reason,
    session_dead_at: account.session_dead_at,
    trades_elsewhere: account.trades_elsewhere,
    delete_when_flat: account.delete_when_flat,
    order_rate: account.order_rate,
    smart_order_rate: account.smart_order_rate,
  };
}

/** A live account sends nothing until its owner said so; play money needs no word. */
export function mayTrade(account: Pick<AccountRow, 'mode' | 'live_confirmed_at'>): boolean {
  return account.mode === 'analyze' || account.live_confirmed_at !== null;
}

/** What stops it, in one or two words. */
export function accountState(account: AccountRow): string {
  if (account.delete_when_flat) return 'going';
  if (account.paused_at !== null) return 'paused';
  if (account.session_dead_at !== null) return 'no session';
  return 'ready';
}
