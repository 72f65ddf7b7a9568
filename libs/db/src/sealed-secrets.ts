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

/** Every secret of the installation itself, locked until the transaction ends. */
export async function lockSealedSecrets(db: Db): Promise<{ name: string; box: string }[]> {
  return await db
    .selectFrom('sealed_secrets')
    .select(['name', 'box'])
    .orderBy('name')
    .forUpdate()
    .execute();
}

export async function listSealedSecrets(db: Db): Promise<{ name: string; box: string }[]> {
  return await db.selectFrom('sealed_secrets').select(['name', 'box']).orderBy('name').execute();
}

export async function replaceSealedSecret(
  db: Db,
  { name, box }: { name: string; box: string },
): Promise<void> {
  await db.updateTable('sealed_secrets').set({ box }).where('name', '=', name).execute();
}

/** The next start of what needs it makes it anew. */
export async function deleteSealedSecret(db: Db, name: string): Promise<void> {
  await db.deleteFrom('sealed_secrets').where('name', '=', name).execute();
}
