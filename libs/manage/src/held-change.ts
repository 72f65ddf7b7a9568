import { listCalendarDays } from '@orderlane/db/calendar-days';
import { lockStrategy } from '@orderlane/db/change-strategies';
import { insertFormerMappings } from '@orderlane/db/former-mappings';
import { type HeldPlace, listHeldPlaces } from '@orderlane/db/held-places';
import { forgetPlaces, voidEntriesAt } from '@orderlane/db/let-go';
import { readAuction } from '@orderlane/db/live-auction';
import { type OpenedClosings, openClosings } from '@orderlane/db/open-closings';
import { calendarOf, winningLines } from '@orderlane/domain/calendar-lines';
import { holdMs } from '@orderlane/domain/closing-auction';
import { exitExpiry } from '@orderlane/domain/expiry';
import { brandIds } from '@orderlane/domain/ids';
import {
  closingScope,
  type HeldChangePlan,
  type HeldChoice,
  planHeldChange,
} from '@orderlane/domain/plan-held-change';
import type { Strategy } from '@orderlane/domain/strategy';
import { newId } from '@orderlane/runtime/new-id';
import { describeHeld } from './describe-held.ts';
import { getStrategy } from './find-owned.ts';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';

/** What a person says of what is held, and when: exits that are made expire with their session. */
export interface HeldAsked {
  choice: HeldChoice;
  now: Temporal.ZonedDateTime;
}

/** What became of what the strategy held where the change concerns it. */
export interface HeldOutcome {
  choice: HeldChoice;
  affected: HeldPlace[];
  /** The closings that `close_now` opened; their orders are the sweep's to send. */
  closings: OpenedClosings;
}

const noClosings: OpenedClosings = { orders: [], exits: [], joined: [] };

/**
 * Changes a strategy under its lock, and sees to what it holds and no signal would reach any more.
 * @param make the change; what it throws undoes everything
 * @throws ManageError orders_on_their_way where something is to be forgotten that is not final yet
 */
export async function changeWhatIsHeld(
  manager: Manager,
  args: { before: Strategy; asked: HeldAsked; make: () => Promise<unknown> },
): Promise<HeldOutcome & { after: Strategy }> {
  const { before, asked, make } = args;
  await lockStrategy(manager.db, before.id);
  const held = await listHeldPlaces(manager.db, { strategyId: before.id });
  await make();
  const after = await getStrategy(manager, before.id);
  const plan = planHeldChange({ before, after, held, choice: asked.choice });
  return { after, ...(await settleHeld(manager, { before, after, asked, plan })) };
}

/** Does what the plan says, in the manager's transaction. @throws ManageError orders_on_their_way */
export async function settleHeld(
  manager: Manager,
  args: {
    before: Strategy;
    after: Strategy | undefined;
    asked: HeldAsked;
    plan: HeldChangePlan<HeldPlace>;
  },
): Promise<HeldOutcome> {
  const { db } = manager;
  const { before, asked, plan } = args;
  await insertFormerMappings(db, { strategyId: before.id, former: plan.former });
  await voidEntriesAt(db, {
    strategyInstrumentIds: idsOf(plan.affected),
    reason: 'Its strategy, or mapping, was changed before it was sent',
  });
  await forget(manager, plan.forget);
  const closings = plan.close.length === 0 ? noClosings : await close(manager, args);
  return { choice: asked.choice, affected: plan.affected, closings };
}

function idsOf(places: readonly HeldPlace[]): number[] {
  return places.map(({ strategyInstrumentId }) => strategyInstrumentId);
}

async function forget({ db }: Manager, places: readonly HeldPlace[]): Promise<void> {
  const refused = await forgetPlaces(db, idsOf(places));
  if (refused.length === 0) return;
  const named = places.filter(({ strategyInstrumentId: id }) => refused.includes(id));
  throw new ManageError(
    'orders_on_their_way',
    `Something is on its way and cannot be forgotten: ${describeHeld(named)}. Wait until its orders are final, or say what became of them`,
  );
}

async function close(
  { db }: Manager,
  { before, after, asked, plan }: Parameters<typeof settleHeld>[1],
): Promise<OpenedClosings> {
  const { now } = asked;
  const calendar = calendarOf(winningLines(await listCalendarDays(db)));
  const isAuctionStock = await readAuction(db);
  return await openClosings(db, {
    strategy: { ...before, positionScope: closingScope(before, after) },
    cause: 'person',
    newId: () => brandIds.order(newId()),
    isWanted: ({ accountId, instrument }) =>
      plan.close.some(
        (place) =>
          place.accountId === accountId &&
          place.exchange === instrument.exchange &&
          place.symbol === instrument.symbol &&
          place.product === instrument.product,
      ),
    expiresInMs: (instrument) => exitExpiry(instrument, { now, calendar }).expiresInMs,
    notBeforeMs: (instrument) => holdMs(instrument, { now, calendar, isAuctionStock }),
  });
}
