import type { Db } from '@orderlane/db/open-db';
import type { Manager } from '@orderlane/manage/manager';
import { callerOf } from './access.ts';
import type { ConsoleContext } from './console-env.ts';

/** Whom the use cases see: an administrator reaches everybody's, others their tenant's. */
export function managerOf(db: Db, context: ConsoleContext): Manager {
  const { who, from, role, tenantId } = callerOf(context);
  return { db, who, from, tenant: role === 'admin' ? null : tenantId };
}

/** A change and its line in the audit log, both or neither. */
export async function inTransaction<T>(
  db: Db,
  context: ConsoleContext,
  change: (manager: Manager) => Promise<T>,
): Promise<T> {
  return await db.transaction().execute(async (trx) => await change(managerOf(trx, context)));
}
