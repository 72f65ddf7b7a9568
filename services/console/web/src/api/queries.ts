import { dataIn, pageIn } from '@orderlane/console/client';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { InferRequestType } from 'hono/client';
import { client } from './client.ts';

type Query<Call extends (...args: never[]) => unknown> = Omit<
  InferRequestType<Call> extends { query: infer Asked } ? Asked : never,
  'cursor' | 'limit'
>;

export type SignalFilter = Query<typeof client.signals.$get>;
export type OrderFilter = Query<typeof client.orders.$get>;
export type SquareOffFilter = Query<(typeof client)['square-offs']['$get']>;
export type ClosingFilter = Query<typeof client.closings.$get>;
export type AuditFilter = Query<typeof client.audit.$get>;

/** How many rows of a long list are asked for at once: the most that the console gives. */
const pageRows = '200';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async () => await dataIn(await client.me.$get()),
  staleTime: 60_000,
});

export const strategiesQuery = queryOptions({
  queryKey: ['strategies'],
  queryFn: async () => await dataIn(await client.strategy.$get()),
});

export const strategyFormQuery = queryOptions({
  queryKey: ['strategy-form'],
  queryFn: async () => await dataIn(await client.strategy.new.$get()),
});

export const strategyQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', id],
    queryFn: async () => await dataIn(await client.strategy[':id'].$get({ param: { id } })),
  });

export const todayQuery = queryOptions({
  queryKey: ['today'],
  queryFn: async () => await dataIn(await client.today.$get()),
  refetchInterval: 5000,
});

/** What the next square-off of a strategy would do, read when it is looked at. */
export const squareOffPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['square-offs', 'preview', id],
    queryFn: async () =>
      await dataIn(await client.strategy[':id']['square-off'].$get({ param: { id } })),
  });

/** Rows of the account's order book that might be an order whose fate is unknown. */
export const candidatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['order', id, 'candidates'],
    queryFn: async () =>
      await dataIn(await client.orders[':id'].candidates.$get({ param: { id } })),
    refetchInterval: 5000,
  });

export const positionsQuery = queryOptions({
  queryKey: ['positions'],
  queryFn: async () => await dataIn(await client.positions.$get()),
});

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async () => await dataIn(await client.accounts.$get()),
});

export const accountFormQuery = queryOptions({
  queryKey: ['account-form'],
  queryFn: async () => await dataIn(await client.accounts.new.$get()),
});

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: ['accounts', id],
    queryFn: async () => await dataIn(await client.accounts[':id'].$get({ param: { id } })),
  });

export const brakesQuery = queryOptions({
  queryKey: ['brakes'],
  queryFn: async () => await dataIn(await client.brakes.$get()),
  refetchInterval: 10_000,
});

export const calendarQuery = queryOptions({
  queryKey: ['calendar'],
  queryFn: async () => await dataIn(await client.calendar.$get({ query: {} })),
});

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async () => await dataIn(await client.users.$get()),
});

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: async () => await dataIn(await client.keys.$get()),
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => await dataIn(await client.me.sessions.$get()),
});

export const signalQuery = (id: string) =>
  queryOptions({
    queryKey: ['signal', id],
    queryFn: async () => await dataIn(await client.signals[':id'].$get({ param: { id } })),
  });

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ['order', id],
    queryFn: async () => await dataIn(await client.orders[':id'].$get({ param: { id } })),
  });

type ListQuery = { state: { data?: { pages: unknown[] } | undefined } };

/** Of whom much was read, nothing is read anew by itself: that would be one call for each page. */
const isShort = ({ state: { data } }: ListQuery) => (data?.pages.length ?? 0) <= 2;

const pages = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { next: string | null }) => page.next,
  placeholderData: keepPreviousData,
  refetchOnWindowFocus: isShort,
  refetchOnMount: isShort,
  refetchOnReconnect: isShort,
} as const;

/** Of lists that no event tells of (ms). */
const everyMs = (ms: number) => (query: ListQuery) => (isShort(query) ? ms : false);

function pageAt<Filter extends object>(filter: Filter, cursor: string | undefined) {
  return { query: { ...filter, limit: pageRows, ...(cursor !== undefined && { cursor }) } };
}

export const ordersQuery = (filter: OrderFilter) =>
  infiniteQueryOptions({
    queryKey: ['orders', filter],
    queryFn: async ({ pageParam }) =>
      await pageIn(await client.orders.$get(pageAt(filter, pageParam))),
    ...pages,
  });

export const signalsQuery = (filter: SignalFilter) =>
  infiniteQueryOptions({
    queryKey: ['signals', filter],
    queryFn: async ({ pageParam }) =>
      await pageIn(await client.signals.$get(pageAt(filter, pageParam))),
    refetchInterval: everyMs(5000),
    ...pages,
  });

export const squareOffsQuery = (filter: SquareOffFilter) =>
  infiniteQueryOptions({
    queryKey: ['square-offs', filter],
    queryFn: async ({ pageParam }) =>
      await pageIn(await client['square-offs'].$get(pageAt(filter, pageParam))),
    ...pages,
  });

export const closingsQuery = (filter: ClosingFilter) =>
  infiniteQueryOptions({
    queryKey: ['closings', filter],
    queryFn: async ({ pageParam }) =>
      await pageIn(await client.closings.$get(pageAt(filter, pageParam))),
    refetchInterval: everyMs(10_000),
    ...pages,
  });

export const alertsQuery = infiniteQueryOptions({
  queryKey: ['alerts'],
  queryFn: async ({ pageParam }) => await pageIn(await client.alerts.$get(pageAt({}, pageParam))),
  refetchInterval: everyMs(15_000),
  ...pages,
});

export const alertTargetsQuery = queryOptions({
  queryKey: ['alert-targets'],
  queryFn: async () => await dataIn(await client.alerts.targets.$get()),
  refetchInterval: 3000,
});

export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: async ({ pageParam }) =>
      await pageIn(await client.audit.$get(pageAt(filter, pageParam))),
    ...pages,
  });
