interface Place {
  to: string;
  title: string;
  access?: 'admin';
}

const places: readonly Place[] = [
  { to: '/', title: 'Today' },
  { to: '/needs-you', title: 'Needs you' },
  { to: '/strategy', title: 'Strategies' },
  { to: '/signals', title: 'Signals' },
  { to: '/orders', title: 'Orders' },
  { to: '/positions', title: 'Positions' },
  { to: '/closings', title: 'Closings' },
  { to: '/square-offs', title: 'Square-offs' },
  { to: '/alerts', title: 'Alerts' },
  { to: '/alert-targets', title: 'Alert targets' },
  { to: '/brakes', title: 'Stop and release' },
  { to: '/accounts', title: 'Accounts' },
  { to: '/calendar', title: 'Calendar' },
  { to: '/users', title: 'Users', access: 'admin' },
  { to: '/audit', title: 'Audit log', access: 'admin' },
];

/** Where one may go. */
export function placesFor({ admin }: { admin: boolean }): readonly Place[] {
  return places.filter(({ access }) => access !== 'admin' || admin);
}
