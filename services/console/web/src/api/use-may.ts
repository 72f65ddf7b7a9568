import { mayAccess } from '@orderlane/domain/user-role';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from './queries.ts';

/** What whoever is signed in may do here; a viewer only looks. */
export function useMay(): { trade: boolean; admin: boolean } {
  const { data: me } = useQuery(meQuery);
  if (me === undefined) return { trade: false, admin: false };
  return { trade: mayAccess('trade', me), admin: mayAccess('admin', me) };
}
