import type { Actor } from '@orderlane/db/audit';
import type { Db } from '@orderlane/db/open-db';

/** Who manages what, and on which database: a transaction where something is changed. */
export interface Manager extends Actor {
  db: Db;
  /** Whose accounts and strategies are in reach; null: everybody's. */
  tenant: string | null;
}

/** Whether something that belongs to `owner` is in the manager's reach. */
export function isInReach({ tenant }: Pick<Manager, 'tenant'>, owner: string): boolean {
  return tenant === null || tenant === owner;
}
