import { dataIn } from '@orderlane/console/client';
import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

/** What an account's OpenAlgo shows as its positions, read when it is looked at. */
export const bookQuery = (id: string) =>
  queryOptions({
    queryKey: ['book', id],
    queryFn: async () =>
      await dataIn(await client.accounts[':id'].positions.$get({ param: { id } })),
    staleTime: 10_000,
    refetchInterval: 15_000,
  });
