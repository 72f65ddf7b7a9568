import { orderStatuses } from '@orderlane/domain/order';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type OrderFilter, ordersQuery } from '../../api/queries.ts';
import { Nothing } from '../../parts/asked.tsx';
import { FilterBar, pick, useFilter } from '../../parts/filter-bar.tsx';
import { LongList } from '../../parts/long-list.tsx';
import { Page } from '../../parts/page.tsx';
import { orderColumns } from './order-columns.tsx';

export function Orders() {
  const [search] = useFilter();
  const filter = pick<OrderFilter>(search, ['status', 'role', 'symbol', 'strategy', 'account']);
  return (
    <Page title="Orders">
      <FilterBar
        choices={[
          { name: 'status', label: 'State', options: orderStatuses },
          { name: 'role', label: 'Role', options: ['entry', 'exit'] },
          { name: 'symbol', label: 'Symbol' },
        ]}
      />
      <OrderList filter={filter} />
    </Page>
  );
}

export function OrderList({ filter }: { filter: OrderFilter }) {
  const query = useInfiniteQuery(ordersQuery(filter));
  return (
    <LongList
      label="Orders"
      query={query}
      columns={orderColumns}
      keyOf={({ id }) => id}
      minWidth="68rem"
      empty={
        <Nothing title="No orders">
          An order appears here as soon as a signal was accepted, and moves while you look.
        </Nothing>
      }
    />
  );
}
