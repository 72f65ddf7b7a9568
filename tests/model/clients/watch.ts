import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { attempt, type World } from './world.ts';

/** Looks at the orders as one snapshot again and again, for what must not be in any of them. */
export async function watch(world: World): Promise<void> {
  while (!world.isOver) {
    await attempt(world, 'watch', async () => await look(world));
    await sleep(5);
  }
}

export async function look(world: World): Promise<void> {
  const { rows } = await sql<{ sighting: string }>`
    select 'an instrument has numbers up to ' || max(seq) || ' and ' || count(*) || ' orders: a later number was committed first' as sighting
      from orders where account_id = ${world.accountId}
      group by strategy_instrument_id having max(seq) <> count(*)
    union all
    select 'exit ' || w.id || ' waits for the call of ' || b.id || ' beyond its bound'
      from orders w join orders b on b.id = w.waits_for
      where w.account_id = ${world.accountId} and w.status = 'queued' and w.role = 'exit' and b.status = 'submitting'
        and not takes_the_same(w, b)
        and (w.waits_until is null or w.waits_until > b.claimed_at + ms(${world.settings.exitWaitMs}))`.execute(
    world.db,
  );
  for (const { sighting } of rows) world.log.sightings.add(sighting);
}
