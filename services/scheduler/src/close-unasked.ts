import { raiseAlert } from '@orderlane/db/alerts';
import { openClosings } from '@orderlane/db/open-closings';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import { findStrategy } from '@orderlane/db/strategies';
import {
  type LateFill,
  listLateFills,
  listStrategiesToFlatten,
} from '@orderlane/db/unasked-closings';
import { holdMs } from '@orderlane/domain/closing-auction';
import { exitExpiry } from '@orderlane/domain/expiry';
import { brandIds, type StrategyId } from '@orderlane/domain/ids';
import { type Instrument, instrumentKey } from '@orderlane/domain/instrument';
import type { Calendar } from '@orderlane/domain/market-calendar';
import { exitKey, type HeldThere } from '@orderlane/domain/plan-closing';

export interface CloseUnaskedDeps {
  db: Db;
  calendar: Calendar;
  isAuctionStock(instrument: Instrument): boolean;
  newId(): string;
  now(): Temporal.ZonedDateTime;
  /** After the commit; what fails here is left to the sweep. */
  enqueue(orders: DueOrder[]): Promise<void>;
}

/**
 * Opens the closings that no signal asks for: of what a kill switch set to flatten covers, whoever set it
 * and whenever, and of entries that filled when the exit that came after them was done.
 */
export async function closeUnasked(deps: CloseUnaskedDeps): Promise<void> {
  for (const { strategyId, accountId } of await listStrategiesToFlatten(deps.db)) {
    const isWanted = (there: HeldThere) => there.accountId === accountId;
    await close(deps, { strategyId, cause: 'flatten', isWanted });
  }
  for (const fill of await listLateFills(deps.db)) await closeLate(deps, fill);
}

async function closeLate(deps: CloseUnaskedDeps, fill: LateFill): Promise<void> {
  const { strategyId, strategyName, accountId, orderId, isMixed } = fill;
  const key = instrumentKey(fill);
  const then = isMixed
    ? 'newer entries are in the position too, so look at what is to be closed'
    : 'it is being closed';
  const text = `An entry of ${strategyName} in ${key} filled after the exit that came after it was done: ${then}`;
  const about = { accountId, strategyId, orderId, subject: `${strategyName} ${key} ${orderId}` };
  await raiseAlert(deps.db, { ...about, code: 'late_fill', text, atMost: '1 day' });
  const isWanted = (there: HeldThere) =>
    exitKey(there) === exitKey({ accountId, instrument: fill });
  if (!isMixed) await close(deps, { strategyId, cause: 'late_fill', isWanted });
}

async function close(
  deps: CloseUnaskedDeps,
  asked: {
    strategyId: StrategyId;
    cause: 'flatten' | 'late_fill';
    isWanted: (there: HeldThere) => boolean;
  },
): Promise<void> {
  const strategy = await findStrategy(deps.db, asked.strategyId);
  if (strategy === undefined) return;
  const { calendar, isAuctionStock } = deps;
  const now = deps.now();
  const { orders } = await deps.db.transaction().execute(
    async (db) =>
      await openClosings(db, {
        ...{ strategy, cause: asked.cause, isWanted: asked.isWanted },
        newId: () => brandIds.order(deps.newId()),
        expiresInMs: (instrument) => exitExpiry(instrument, { now, calendar }).expiresInMs,
        notBeforeMs: (instrument) => holdMs(instrument, { now, calendar, isAuctionStock }),
      }),
  );
  await deps.enqueue(orders);
}
