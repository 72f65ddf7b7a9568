import type { Db } from '@orderlane/db/open-db';
import {
  endExpiredPosition,
  endIntradayPositions,
  listOpenDerivatives,
} from '@orderlane/db/position-ends';
import { hasExpired } from '@orderlane/domain/contract';
import type { Calendar } from '@orderlane/domain/market-calendar';

export interface EndPositionsDeps {
  db: Db;
  calendar: Calendar;
  now(): Temporal.ZonedDateTime;
}

/** Ends what nobody holds any more: intraday positions of earlier days, contracts that expired. */
export async function endPositions(deps: EndPositionsDeps): Promise<void> {
  const { db, calendar } = deps;
  await endIntradayPositions(db);
  const now = deps.now();
  for (const position of await listOpenDerivatives(db)) {
    if (!hasExpired(position, { now, calendar })) continue;
    await db.transaction().execute(async (trx) => await endExpiredPosition(trx, position));
  }
}
