import { openStage, type Stage } from './browser-stage.ts';
import { dataOf } from './console-fixtures.ts';

export interface Showcase extends Stage {
  /** Address and name of every page, with something on it. */
  readonly pages: readonly { name: string; path: string }[];
}

/** A morning with something on every page: filled, refused, undecided, stopped. */
export async function openShowcase(): Promise<Showcase> {
  const stage = await openStage();
  const breakout = await stage.newStrategy({ symbols: ['SBIN', 'INFY', 'RELIANCE'] });
  await stage.newStrategy({ name: 'Swing', is_intraday: false, ...noTimes, symbols: ['TCS'] });
  await stage.newStrategy({
    ...{ name: 'Volume scan BUY', platform: 'chartink', trading_mode: null },
    symbols: ['ASTEC'],
  });
  const bought = await stage.signal(breakout.webhook_id, { symbol: 'SBIN', action: 'BUY' });
  await stage.orderOf('SBIN', 'filled');
  await stage.signal(breakout.webhook_id, { symbol: 'NSE:INFY', action: 'buy' });
  await stage.orderOf('INFY', 'filled');
  await stage.signal(breakout.webhook_id, { symbol: 'WIPRO', action: 'BUY' });
  stage.fault({ kind: 'reset_after', times: 1, symbol: 'RELIANCE' });
  await stage.stack.db.updateTable('openalgo_accounts').set({ trades_elsewhere: true }).execute();
  await stage.signal(breakout.webhook_id, { symbol: 'RELIANCE', action: 'BUY' });
  await stage.orderOf('RELIANCE', 'indeterminate');
  const swing = { scope: 'account', id: stage.stack.accountId, reason: 'Results today' };
  dataOf(await stage.admin.post('/brakes/stop', swing));
  const id = breakout.id;
  const [order] = bought['orders'] as { id: string }[];
  return {
    ...stage,
    pages: [
      { name: 'today', path: '/' },
      { name: 'needs-you', path: '/needs-you' },
      { name: 'strategies', path: '/strategy' },
      { name: 'new-strategy', path: '/strategy/new' },
      { name: 'strategy-webhook', path: `/strategy/${id}` },
      { name: 'strategy-symbols', path: `/strategy/${id}?tab=symbols` },
      { name: 'strategy-test', path: `/strategy/${id}?tab=test` },
      { name: 'strategy-positions', path: `/strategy/${id}?tab=positions` },
      { name: 'strategy-settings', path: `/strategy/${id}?tab=settings` },
      { name: 'edit-strategy', path: `/strategy/${id}/edit` },
      { name: 'signals', path: '/signals' },
      { name: 'signal-story', path: `/signals/${String(bought['signal_id'])}` },
      { name: 'orders', path: '/orders' },
      { name: 'order', path: `/orders/${order?.id}` },
      { name: 'positions', path: '/positions' },
      { name: 'closings', path: '/closings' },
      { name: 'square-offs', path: '/square-offs' },
      { name: 'alerts', path: '/alerts' },
      { name: 'alert-targets', path: '/alert-targets' },
      { name: 'stop-and-release', path: '/brakes' },
      { name: 'accounts', path: '/accounts' },
      { name: 'account', path: `/accounts/${stage.stack.accountId}` },
      { name: 'new-account', path: '/accounts/new' },
      { name: 'calendar', path: '/calendar' },
      { name: 'users', path: '/users' },
      { name: 'audit', path: '/audit' },
      { name: 'api-keys', path: '/keys' },
      { name: 'your-sign-in', path: '/me' },
      { name: 'first-steps', path: '/start' },
      { name: 'reach', path: '/reach' },
    ],
  };
}

const noTimes = { start_time: null, end_time: null, squareoff_time: null };
