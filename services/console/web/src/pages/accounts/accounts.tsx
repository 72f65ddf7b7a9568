import { useQuery } from '@tanstack/react-query';
import { accountsQuery } from '../../api/queries.ts';
import type { Account } from '../../api/types.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { Go, GoButton } from '../../parts/go.tsx';
import { MayTrade } from '../../parts/may-trade.tsx';
import { Page } from '../../parts/page.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';

const columns: readonly PlainColumn<Account>[] = [
  { title: 'Name', show: ({ id, name }) => <Go to={`/accounts/${id}`}>{name}</Go> },
  { title: 'State', show: (account) => <StateBadge state={stateOf(account)} /> },
  { title: 'Mode', show: ({ mode }) => (mode === null ? 'unknown' : <StateBadge state={mode} />) },
  { title: 'OpenAlgo', show: ({ base_url }) => base_url },
  { title: 'Orders at', show: ({ order_rate }) => order_rate ?? 'the usual rate' },
];

/** What stands in its way, if anything. */
export function stateOf(account: Account): string {
  if (account.session_dead_at !== null) return 'session dead';
  if (account.paused_at !== null) return 'paused';
  return account.trading === 'off' ? 'trading off' : 'on';
}

export function Accounts() {
  const query = useQuery(accountsQuery);
  return (
    <Page
      title="Accounts"
      actions={
        <MayTrade>
          <GoButton to="/accounts/new">Add an account</GoButton>
        </MayTrade>
      }
    >
      <Asked query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing title="There are no accounts yet">
              An account is one OpenAlgo with its key: the place that orders go to.
            </Nothing>
          ) : (
            <PlainTable
              label="Accounts"
              rows={rows}
              columns={columns}
              keyOf={({ id }) => `${id}`}
            />
          )
        }
      </Asked>
    </Page>
  );
}
