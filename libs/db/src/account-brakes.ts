import type { Brake } from '@orderlane/domain/brakes';
import type { AccountRow } from './accounts.ts';

/** What stops an account by its own state, as the claim's `account_brake` sees it. */
export function accountBrakes(account: AccountRow): Brake[] {
  const isTradingOff = account.live_confirmed_at === null && account.mode !== 'analyze';
  return [
    ...(account.paused_at === null ? [] : (['account_paused'] as const)),
    ...(isTradingOff ? (['trading_off'] as const) : []),
    ...(account.session_dead_at === null ? [] : (['session_dead'] as const)),
  ];
}
