import type { AccountId } from '@orderlane/domain/ids';
import { makeAccount } from './factories.ts';
import type { Called, Caller, TestConsole } from './here-console.ts';

/** The `data` of a success; fails with what was answered instead. */
export function dataOf<T>({ status, text, body }: Called): T {
  if (status !== 200) throw new Error(`Answered ${status}: ${text}`);
  return body['data'] as T;
}

/** An account of a tenant, in analyze mode, whose OpenAlgo does not answer. */
export async function accountOf(console: TestConsole, tenant: string): Promise<AccountId> {
  const id = await makeAccount(console.db);
  const box = console.deps.box.seal('a key');
  await console.db
    .updateTable('openalgo_accounts')
    .set({ user_id: tenant, api_key_box: box })
    .where('id', '=', id)
    .execute();
  return id;
}

export interface MadeStrategy {
  id: number;
  webhook_id: string;
  webhook_url: string;
}

/** A positional LONG strategy by the API, with SBIN mapped; every field may be overridden. */
export async function strategyBy(
  caller: Caller,
  wish: { account_id: number } & Record<string, unknown>,
): Promise<MadeStrategy> {
  const form = { name: 'Breakout', platform: 'tradingview', trading_mode: 'LONG', ...wish };
  const made = dataOf<MadeStrategy>(await caller.post('/strategy/new', form));
  const mapping = { symbol: 'SBIN', exchange: 'NSE', product: 'MIS', quantity: 10 };
  dataOf(await caller.post(`/strategy/${made.id}/symbols`, mapping));
  return made;
}
