import type { Db } from './open-db.ts';

/** The sealed secret of that name: `box` where there was none yet, whoever came first. */
export async function keepSealedSecret(
  db: Db,
  { name, box }: { name: string; box: string },
): Promise<string> {
  await db
    .insertInto('sealed_secrets')
    .values({ name, box })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const kept = await db
    .selectFrom('sealed_secrets')
    .select('box')
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return kept.box;
}
