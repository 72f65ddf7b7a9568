import { useQuery } from '@tanstack/react-query';
import { accountsQuery } from '../../api/queries.ts';
import type { Account } from '../../api/types.ts';
import { Go } from '../../parts/go.tsx';
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';
import { stateOf } from '../accounts/accounts.tsx';

const columns: readonly PlainColumn<Account>[] = [
  { title: 'Account', show: ({ id, name }) => <Go to={`/accounts/${id}`}>{name}</Go> },
  { title: 'State', show: (account) => <StateBadge state={stateOf(account)} /> },
  { title: 'Mode', show: ({ mode }) => <StateBadge state={mode ?? 'unknown'} /> },
  { title: "OpenAlgo's broker session", show: (account) => <Session account={account} /> },
];

function Session({
  account: { session_dead_at: deadAt, mode_seen_at: seenAt },
}: {
  account: Account;
}) {
  if (deadAt !== null) {
    return (
      <>
        missing since <When at={deadAt} />: sign in there
      </>
    );
  }
  if (seenAt === null) return <>not asked yet</>;
  return (
    <>
      there, seen at <When at={seenAt} />
    </>
  );
}

/** Whether each OpenAlgo would take an order now. */
export function AccountStates() {
  const { data: accounts = [] } = useQuery({ ...accountsQuery, refetchInterval: 10_000 });
  return (
    <PlainTable label="Accounts" rows={accounts} columns={columns} keyOf={({ id }) => String(id)} />
  );
}
