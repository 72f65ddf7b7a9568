import type { AccountState } from '@orderlane/db/account-states';
import { type Figure, figure, type Sample } from './figure.ts';
import type { StoredState } from './read-state.ts';

function perAccount(
  { accounts }: StoredState,
  value: (account: AccountState) => number,
): Sample<'account'>[] {
  return accounts.map((account) => [{ account: String(account.accountId) }, value(account)]);
}

const secondsOf = (ms: number | null) => (ms === null ? Number.NaN : ms / 1000);

/** How it stands with the accounts and the books of their OpenAlgo. */
export const accountFigures: Figure<StoredState>[] = [
  figure({
    name: 'orderlane_account_session_up',
    help: '0: OpenAlgo refuses the key of the account, or its broker is not signed in',
    labels: ['account'],
    read: (state: StoredState) => perAccount(state, ({ isSessionDead }) => Number(!isSessionDead)),
  }),
  figure({
    name: 'orderlane_account_paused',
    help: '1: a person paused the account',
    labels: ['account'],
    read: (state: StoredState) => perAccount(state, ({ isPaused }) => Number(isPaused)),
  }),
  figure({
    name: 'orderlane_account_trading_off',
    help: '1: the account is live, and its owner has not said that it may trade',
    labels: ['account'],
    read: (state: StoredState) => perAccount(state, ({ isTradingOff }) => Number(isTradingOff)),
  }),
  figure({
    name: 'orderlane_account_unsettled_orders',
    help: 'Orders of the account whose end only its books tell',
    labels: ['account'],
    read: (state: StoredState) => perAccount(state, ({ unsettled }) => unsettled),
  }),
  figure({
    name: 'orderlane_book_read_age_seconds',
    help: 'Since the books of the account were last read, cleanly or not; absent: never',
    labels: ['account'],
    read: (state: StoredState) => perAccount(state, ({ readAgoMs }) => secondsOf(readAgoMs)),
  }),
  figure({
    name: 'orderlane_book_clean_age_seconds',
    help: 'Since the last clean read of the books of the account; absent: never',
    labels: ['account'],
    read: (state: StoredState) => perAccount(state, ({ cleanAgoMs }) => secondsOf(cleanAgoMs)),
  }),
];
