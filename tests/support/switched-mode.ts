import { recordAccountMode } from '@orderlane/db/accounts';
import { setPosition } from '@orderlane/db/positions';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import type { Holder } from './holder.ts';

/**
 * Hands on an account whose OpenAlgo is switched between analyzer and live.
 * @param holderOf of the test that runs now
 */
export function switchedMode(holderOf: () => Holder) {
  return {
    switchTo: async (mode: TradingModeSeen) => {
      const { seed, accountId: id } = holderOf();
      await recordAccountMode(seed.db, { id, mode });
    },
    closings: async () =>
      await holderOf().seed.db.selectFrom('closings').select(['mode', 'status', 'scope']).execute(),
    /** Real money may be traded from now on. */
    confirmLive: async () =>
      await holderOf()
        .seed.db.updateTable('openalgo_accounts')
        .set({ live_confirmed_at: new Date() })
        .execute(),
    /** The strategy holds so many SBIN in the live account (signed shares). */
    ownLive: async (own: number) => {
      const { seed, strategyId, accountId } = holderOf();
      const sbin = { exchange: 'NSE', symbol: 'SBIN', product: 'MIS' } as const;
      await setPosition(seed.db, { strategyId, accountId, ...sbin, mode: 'live', own });
    },
    /** The newest order that waits to be sent. */
    newest: async (role: 'entry' | 'exit') =>
      await holderOf()
        .seed.db.selectFrom('orders')
        .select(['id', 'closing_id'])
        .where('role', '=', role)
        .where('status', '=', 'queued')
        .orderBy('seq', 'desc')
        .executeTakeFirstOrThrow(),
  };
}
