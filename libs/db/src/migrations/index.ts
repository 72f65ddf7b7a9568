import type { Migration } from 'kysely/migration';
import * as accountsAndStrategies from './0001-accounts-and-strategies.ts';
import * as signals from './0002-signals.ts';
import * as orders from './0003-orders.ts';
import * as orderMoves from './0004-order-moves.ts';
import * as booksAndSquareOffs from './0005-books-and-square-offs.ts';
import * as alertsAndBrakes from './0006-alerts-and-brakes.ts';
import * as claim from './0007-claim.ts';
import * as outcomes from './0008-outcomes.ts';
import * as store from './0009-store.ts';
import * as storeSignal from './0010-store-signal.ts';
import * as scheduler from './0011-scheduler.ts';
import * as killSwitch from './0012-kill-switch.ts';
import * as settlement from './0013-settlement.ts';
import * as alertDeliveries from './0014-alert-deliveries.ts';
import * as clientOrderIds from './0015-client-order-ids.ts';
import * as positions from './0017-positions.ts';
import * as closings from './0018-closings.ts';
import * as storeWithPositions from './0019-store-with-positions.ts';
import * as claimWithPositions from './0020-claim-with-positions.ts';
import * as changesOfWhatIsHeld from './0021-changes-of-what-is-held.ts';
import * as neverOrphaned from './0022-positions-are-never-orphaned.ts';
import * as positionEnds from './0023-position-ends.ts';
import * as calendar from './0024-calendar.ts';
import * as symbols from './0025-symbols.ts';
import * as splitExits from './0026-split-exits.ts';
import * as signIn from './0030-sign-in.ts';
import * as strategySettings from './0031-strategy-settings.ts';
import * as listIndexes from './0032-list-indexes.ts';
import * as auditChain from './0040-audit-chain.ts';
import * as orderEventSeals from './0041-order-event-seals.ts';
import * as auditRetention from './0042-audit-retention.ts';
import * as smartExitsAlone from './0050-smart-exits-alone.ts';
import * as squareOffPreflights from './0051-square-off-preflights.ts';
import * as squareOffEnds from './0055-square-off-ends.ts';
import * as otherMode from './0056-exits-of-the-other-mode.ts';
import * as splitEntries from './0057-split-entries.ts';
import * as usedCodes from './0060-used-codes.ts';
import * as look from './0061-look.ts';
import * as restoredDatabases from './0070-restored-databases.ts';
import * as dueFor from './0080-due-for.ts';
import * as modesApart from './0081-modes-apart.ts';
import * as closingsByMode from './0082-closings-by-mode.ts';
import * as absenceHasAMode from './0084-absence-has-a-mode.ts';
import * as restoredOnce from './0090-restored-once.ts';
import * as retention from './0091-retention.ts';
import * as ordersElsewhere from './0093-orders-of-the-other-mode.ts';
import * as storeInBatches from './0094-store-in-batches.ts';
import * as signalOfOrder from './0095-signal-of-order.ts';
import * as lookAtClosing from './0096-look-at-closing.ts';
import * as accountOfOrder from './0097-account-of-order.ts';
import * as restAfterTheAnswer from './0098-rest-after-the-answer.ts';
import * as smartRestAtTheLook from './0099-smart-rest-at-the-look.ts';
import * as squareOffInFewPlans from './0100-square-off-in-few-plans.ts';
import * as exitsOneAtATime from './0101-exits-one-at-a-time.ts';
import * as modesJustSwitched from './0102-modes-just-switched.ts';
import * as exitsOfEndedClosings from './0103-exits-of-ended-closings.ts';
import * as bookOnTheOtherSide from './0105-book-on-the-other-side.ts';
import * as restAfterAFilledExit from './0106-rest-after-a-filled-exit.ts';
import * as exitsAfterAFailedClosing from './0107-exits-after-a-failed-closing.ts';
import * as squareOffInTwoSteps from './0108-square-off-in-two-steps.ts';
import * as repeatedExits from './0109-repeated-exits.ts';

/** Every migration, in order; a new one is added at the end by hand. */
export const migrations: Record<string, Migration> = {
  '0001-accounts-and-strategies': accountsAndStrategies,
  '0002-signals': signals,
  '0003-orders': orders,
  '0004-order-moves': orderMoves,
  '0005-books-and-square-offs': booksAndSquareOffs,
  '0006-alerts-and-brakes': alertsAndBrakes,
  '0007-claim': claim,
  '0008-outcomes': outcomes,
  '0009-store': store,
  '0010-store-signal': storeSignal,
  '0011-scheduler': scheduler,
  '0012-kill-switch': killSwitch,
  '0013-settlement': settlement,
  '0014-alert-deliveries': alertDeliveries,
  '0015-client-order-ids': clientOrderIds,
  '0017-positions': positions,
  '0018-closings': closings,
  '0019-store-with-positions': storeWithPositions,
  '0020-claim-with-positions': claimWithPositions,
  '0021-changes-of-what-is-held': changesOfWhatIsHeld,
  '0022-positions-are-never-orphaned': neverOrphaned,
  '0023-position-ends': positionEnds,
  '0024-calendar': calendar,
  '0025-symbols': symbols,
  '0026-split-exits': splitExits,
  '0030-sign-in': signIn,
  '0031-strategy-settings': strategySettings,
  '0032-list-indexes': listIndexes,
  '0040-audit-chain': auditChain,
  '0041-order-event-seals': orderEventSeals,
  '0042-audit-retention': auditRetention,
  '0050-smart-exits-alone': smartExitsAlone,
  '0051-square-off-preflights': squareOffPreflights,
  '0055-square-off-ends': squareOffEnds,
  '0056-exits-of-the-other-mode': otherMode,
  '0057-split-entries': splitEntries,
  '0060-used-codes': usedCodes,
  '0061-look': look,
  '0070-restored-databases': restoredDatabases,
  '0080-due-for': dueFor,
  '0081-modes-apart': modesApart,
  '0082-closings-by-mode': closingsByMode,
  '0084-absence-has-a-mode': absenceHasAMode,
  '0090-restored-once': restoredOnce,
  '0091-retention': retention,
  '0093-orders-of-the-other-mode': ordersElsewhere,
  '0094-store-in-batches': storeInBatches,
  '0095-signal-of-order': signalOfOrder,
  '0096-look-at-closing': lookAtClosing,
  '0097-account-of-order': accountOfOrder,
  '0098-rest-after-the-answer': restAfterTheAnswer,
  '0099-smart-rest-at-the-look': smartRestAtTheLook,
  '0100-square-off-in-few-plans': squareOffInFewPlans,
  '0101-exits-one-at-a-time': exitsOneAtATime,
  '0102-modes-just-switched': modesJustSwitched,
  '0103-exits-of-ended-closings': exitsOfEndedClosings,
  '0105-book-on-the-other-side': bookOnTheOtherSide,
  '0106-rest-after-a-filled-exit': restAfterAFilledExit,
  '0107-exits-after-a-failed-closing': exitsAfterAFailedClosing,
  '0108-square-off-in-two-steps': squareOffInTwoSteps,
  '0109-repeated-exits': repeatedExits,
};
