import { type AlertToRaise, raiseAlert } from '@orderlane/db/alerts';
import type { MetOrders } from '@orderlane/db/braked-orders';
import type { BrakeRow } from '@orderlane/db/brakes';
import type { Db } from '@orderlane/db/open-db';
import { brakes } from '@orderlane/domain/brakes';
import { brandIds } from '@orderlane/domain/ids';
import type { FoundTarget } from './brake-target.ts';
import { capital, count, strengthWords } from './brake-words.ts';

/** Tells that a kill switch was set, in the transaction that sets it. */
export async function raiseBrakeSet(
  db: Db,
  set: { target: FoundTarget; brake: BrakeRow; met: MetOrders; cancelled: number },
): Promise<void> {
  const { target, brake, met, cancelled } = set;
  const why = brake.reason === null ? '' : ` (${brake.reason})`;
  const parts = [
    `${capital(target.label)} was stopped by ${brake.set_by}${why}: ${strengthWords[brake.strength]}`,
    ...(cancelled > 0 ? [`${count(cancelled, 'entry', 'entries')} cancelled`] : []),
    ...(met.heldExits > 0 ? [`${count(met.heldExits, 'exit waits', 'exits wait')}`] : []),
    ...(met.inFlight > 0 ? [`${count(met.inFlight, 'order was', 'orders were')} being sent`] : []),
  ];
  await raiseAlert(db, {
    ...about(target),
    code: brakes[brake.strength].code,
    text: parts.join('; '),
  });
}

/** Tells that a kill switch was released, in the transaction that releases it. */
export async function raiseBrakeReleased(
  db: Db,
  released: { target: FoundTarget; who: string; met: MetOrders; expired: number },
): Promise<void> {
  const { target, who, met, expired } = released;
  const parts = [
    `${capital(target.label)} was released by ${who}`,
    `${count(met.freeEntries, 'entry', 'entries')} and ${count(met.freeExits, 'exit')} go out now`,
    ...(expired > 0 ? [`${count(expired, 'order')} had grown too old`] : []),
  ];
  await raiseAlert(db, { ...about(target), code: 'brake_released', text: parts.join('; ') });
}

/** Each move of a kill switch is told by itself, however soon after the last one. */
function about({ scope, id, label }: FoundTarget): Pick<AlertToRaise, 'subject'> {
  return {
    subject: `${label} ${Temporal.Now.instant().toString()}`,
    ...(scope === 'account' && { accountId: brandIds.account(id) }),
    ...(scope === 'strategy' && { strategyId: brandIds.strategy(id) }),
  };
}
