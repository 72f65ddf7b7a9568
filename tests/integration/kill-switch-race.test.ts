import { countOrdersUnder } from '@orderlane/db/braked-orders';
import { holdKillSwitch, setBrake } from '@orderlane/db/brakes';
import type { OrderId } from '@orderlane/domain/ids';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { claimNow } from '../support/claims.ts';
import { seedStrategy, storeOrder } from '../support/factories.ts';
import { freshParts } from '../support/fresh-parts.ts';

const everything = { scope: 'everything', id: 0 } as const;
const halt = { strength: 'halt', reason: null, setBy: 'test' } as const;

it('no order is claimed once the kill switch is set, and it knows all that were', async () => {
  await using parts = await freshParts();
  const seed = await seedStrategy(parts.db);
  const ids: OrderId[] = [];
  for (let count = 0; count < 190; count++) {
    const instrument = { exchange: 'NSE', symbol: `S${count}`, product: 'MIS' } as const;
    ids.push(await storeOrder(seed, { instrument, expiresInMs: 600_000 }));
  }
  const waiting = [...ids];
  let taken = 0;
  const enough = Promise.withResolvers<void>();
  const claimer = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      if ((await claimNow(parts.db, { orderId: id })).verdict !== 'taken') continue;
      taken += 1;
      if (taken === 40) enough.resolve();
    }
  };
  const claimers = Promise.all(Array.from({ length: 8 }, claimer));
  await enough.promise;

  const { inFlight } = await parts.db.transaction().execute(async (db) => {
    await holdKillSwitch(db);
    await setBrake(db, everything, halt);
    return await countOrdersUnder(db, everything);
  });
  await claimers;

  expect(taken).toBe(inFlight);
  expect(taken).toBeLessThan(ids.length);
});

it('a claim that waits for a kill switch being set sees it', async () => {
  await using parts = await freshParts();
  const id = await storeOrder(await seedStrategy(parts.db));
  const setting = await parts.db.startTransaction().execute();
  await holdKillSwitch(setting);

  const claim = claimNow(parts.db, { orderId: id });
  await expect
    .poll(async () => {
      const { rows } = await sql`select from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`.execute(
        parts.db,
      );
      return rows.length;
    })
    .toBe(1);
  await setBrake(setting, everything, halt);
  await setting.commit().execute();

  expect(await claim).toEqual({ verdict: 'braked', brake: 'halted' });
});

it('who goes silent while it is set does not hold the claims', async () => {
  await using parts = await freshParts();
  const id = await storeOrder(await seedStrategy(parts.db));
  const held = Promise.withResolvers<void>();
  const awake = Promise.withResolvers<void>();
  const silent = parts.db.transaction().execute(async (db) => {
    await holdKillSwitch(db);
    held.resolve();
    await awake.promise;
  });
  const ended = expect(silent).rejects.toThrow();
  await held.promise;

  expect(await claimNow(parts.db, { orderId: id })).toMatchObject({ verdict: 'taken' });
  awake.resolve();
  await ended;
});
