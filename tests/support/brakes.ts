import { markSessionDead, pauseAccount } from '@orderlane/db/accounts';
import { type BrakeTarget, setBrake } from '@orderlane/db/brakes';
import { setActivity } from '@orderlane/db/change-strategies';
import type { Db } from '@orderlane/db/open-db';
import { toggleStrategy } from '@orderlane/db/strategies';
import type { Brake } from '@orderlane/domain/brakes';
import type { Seed } from './factories.ts';

/** Makes a brake act on a strategy; a kill switch on the target that is given. */
export async function applyBrake(seed: Seed, brake: Brake, target: BrakeTarget): Promise<void> {
  const { db, accountId, strategyId } = seed;
  switch (brake) {
    case 'stop_entries':
    case 'halt':
    case 'flatten':
      await setBrake(db, target, { strength: brake, reason: null, setBy: 'test' });
      break;
    case 'account_paused':
      await pauseAccount(db, { id: accountId, reason: 'test' });
      break;
    case 'trading_off':
      await db
        .updateTable('openalgo_accounts')
        .set({ mode: 'live', live_confirmed_at: null })
        .where('id', '=', accountId)
        .execute();
      break;
    case 'strategy_inactive':
      await toggleStrategy(db, { id: strategyId, isActive: false });
      break;
    case 'exits_only':
      await setActivity(db, { id: strategyId, activity: 'exits_only' });
      break;
    case 'session_dead':
      await markSessionDead(db, accountId);
      break;
    case 'restored':
      await db.insertInto('database_homes').values({ home: elsewhere }).execute();
      break;
  }
}

const elsewhere = 'another cluster';

/** Takes kill switches away, and brings a database home. */
export async function removeBrakes(db: Db): Promise<void> {
  await db.deleteFrom('brakes').execute();
  await db.deleteFrom('database_homes').where('home', '=', elsewhere).execute();
}

/** Everything that a kill switch can be set for and that covers the seed's strategy. */
export function targetsOf(seed: Seed): BrakeTarget[] {
  return [
    { scope: 'everything', id: 0 },
    { scope: 'account', id: seed.accountId },
    { scope: 'strategy', id: seed.strategyId },
  ];
}
