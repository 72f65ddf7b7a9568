import { randomUUID } from 'node:crypto';
import { claimOrder, giveBackOrder } from '@orderlane/db/claim';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { claimNow, testClaimSettings } from '../support/claims.ts';
import { seedStrategy, storeOrder } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';

test('of one closing, an older smart exit that comes back waits for the newer one that went first', async () => {
  await using parts = await freshParts();
  const { db } = parts;
  const seed = await seedStrategy(db);
  const exit = {
    role: 'exit',
    lane: 'smart',
    action: 'SELL',
    quantity: 0,
    targetPosition: 0,
  } as const;
  const older = await storeOrder(seed, exit);
  const claimId = randomUUID();
  await claimOrder(db, { orderId: older, claimId, settings: testClaimSettings });
  const newer = await storeOrder(seed, exit);
  expect(await claimNow(db, { orderId: newer })).toMatchObject({ verdict: 'waits' });

  // Its call hangs for longer than an exit waits, so the newer one goes; then it comes back unsent.
  await sql`update orders set claimed_at = claimed_at - interval '1 minute' where id = ${older}`.execute(
    db,
  );
  expect(await claimNow(db, { orderId: newer })).toMatchObject({ verdict: 'taken' });
  expect(await giveBackOrder(db, { orderId: older, claimId })).toMatchObject({ isBack: true });
  expect(await claimNow(db, { orderId: older })).toMatchObject({ verdict: 'waits' });

  // Bounded as any wait of an exit.
  await sql`update orders set claimed_at = claimed_at - interval '1 minute' where id = ${newer}`.execute(
    db,
  );
  expect(await claimNow(db, { orderId: older })).toMatchObject({ verdict: 'taken' });
});
