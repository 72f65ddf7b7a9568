import type { Db } from './open-db.ts';

/** Signs everybody out and takes every second factor away: what sealed them is lost. */
export async function resetSignIn(
  db: Db,
): Promise<{ sessionsEnded: number; secondFactorsRemoved: number }> {
  const sessions = await db.deleteFrom('user_sessions').executeTakeFirst();
  const factors = await db.deleteFrom('two_factors').executeTakeFirst();
  await db
    .updateTable('users')
    .set({ two_factor_enabled: false })
    .where('two_factor_enabled', '=', true)
    .execute();
  return {
    sessionsEnded: Number(sessions.numDeletedRows),
    secondFactorsRemoved: Number(factors.numDeletedRows),
  };
}
