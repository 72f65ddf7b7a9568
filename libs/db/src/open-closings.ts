import type { OrderId, StrategyId } from '@orderlane/domain/ids';
import type { Instrument } from '@orderlane/domain/instrument';
import { priorities } from '@orderlane/domain/lane';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import {
  type ClosingCause,
  type ExitPlan,
  exitKey,
  type HeldThere,
  planClosing,
} from '@orderlane/domain/plan-closing';
import type { Strategy } from '@orderlane/domain/strategy';
import { sql } from 'kysely';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';
import type { DueOrder } from './outcomes.ts';
import {
  listHeldInOtherMode,
  listHeldThere,
  lockInstruments,
  storeExits,
} from './square-off-exits.ts';

export interface ClosingsToOpen {
  strategy: Pick<Strategy, 'id' | 'name' | 'accountId' | 'positionScope'>;
  cause: Exclude<ClosingCause, 'square_off'>;
  /** Which of the strategy's instruments; all that it holds when left out. */
  isWanted?: (there: HeldThere) => boolean;
  /** Until the close of the instrument's session (ms). */
  expiresInMs(instrument: Instrument): number;
  /** Not sent before this (ms); null: at once. */
  notBeforeMs(instrument: Instrument): number | null;
  newId(): OrderId;
}

export interface OpenedClosings {
  /** The first order of each closing that was opened; their jobs are to be added after the commit. */
  orders: DueOrder[];
  exits: ExitPlan[];
  /** Instruments that are being closed already. */
  joined: Instrument[];
}

/**
 * Opens a closing of all that the strategy holds or awaits, in the caller's transaction, each with its
 * first order; what is still queued to enter there is void. What is being closed already goes on; what
 * was built in the mode in which OpenAlgo is not now waits until it is back.
 */
export async function openClosings(db: Db, args: ClosingsToOpen): Promise<OpenedClosings> {
  const { strategy } = args;
  const { id: strategyId, name: strategyName, accountId } = strategy;
  await lockInstruments(db, { strategyId, accountId, open: [] });
  const listWanted = async () =>
    (await listHeldThere(db, strategyId)).filter((there) => args.isWanted?.(there) ?? true);
  await voidEntries(db, { strategyId, held: await listWanted() });
  const held = await listWanted();
  const closing = await listClosingKeys(db, strategyId);
  const otherMode = (await listHeldInOtherMode(db, strategyId)).filter(
    (there) => (args.isWanted?.(there) ?? true) && !isAmong(held, there),
  );
  const isClosing = (there: HeldThere & { mode?: TradingModeSeen }) =>
    closing.has(closingKey(there, { isOtherMode: there.mode !== undefined }));
  const wanted = [...held, ...otherMode];
  const exits = wanted.filter((there) => !isClosing(there)).flatMap(planFor(args));
  const planned = exits.map((exit) => ({ ...exit, id: args.newId() }));
  const of = { strategyId, strategyName };
  const orders = await storeExits(db, { ...of, exits: planned });
  const joined = wanted.filter(isClosing);
  return { orders, exits, joined: joined.map(({ instrument }) => instrument) };
}

function isAmong(held: readonly HeldThere[], there: HeldThere): boolean {
  return held.some((each) => exitKey(each) === exitKey(there));
}

function planFor({ strategy, cause, expiresInMs, notBeforeMs }: ClosingsToOpen) {
  return (there: HeldThere & { mode?: TradingModeSeen }): ExitPlan[] => {
    const { instrument } = there;
    const times = { expiresInMs: expiresInMs(instrument), notBeforeMs: notBeforeMs(instrument) };
    const asked = { cause, priority: priorities.exit, ...times };
    const plan = planClosing(strategy, there, asked);
    return plan === undefined ? [] : [plan];
  };
}

/** One that something else holds just now is left to its next claim, which finds the exit. */
async function voidEntries(
  db: Db,
  { strategyId, held }: { strategyId: StrategyId; held: readonly HeldThere[] },
): Promise<void> {
  const places = held.map(({ accountId, instrument }) => ({
    account_id: accountId,
    ...instrument,
  }));
  await sql`
    update orders set status = 'superseded', code = 'superseded', reason = 'The position is being closed'
      where id in (select o.id from orders o
          join jsonb_to_recordset(${jsonParameter(places)}::jsonb) x(account_id integer, exchange text, symbol text, product text)
            using (account_id, exchange, symbol, product)
        where o.strategy_id = ${strategyId} and o.status = 'queued' and o.role = 'entry'
        for no key update of o skip locked)`.execute(db);
}

function closingKey(
  there: Pick<HeldThere, 'accountId' | 'instrument'>,
  { isOtherMode }: { isOtherMode: boolean },
): string {
  return `${exitKey(there)}${isOtherMode ? ' of the other mode' : ''}`;
}

/** Keys (`closingKey`) of the instruments whose whole position is being closed. */
async function listClosingKeys(db: Db, strategyId: StrategyId): Promise<Set<string>> {
  const rows = await db
    .selectFrom('closings')
    .innerJoin('strategy_instruments as si', 'si.id', 'closings.strategy_instrument_id')
    .innerJoin('openalgo_accounts as a', 'a.id', 'si.account_id')
    .select(['si.account_id as accountId', 'si.exchange', 'si.symbol', 'si.product'])
    .select(sql<boolean>`(closings.mode <> a.mode) is true`.as('isOtherMode'))
    .where('si.strategy_id', '=', strategyId)
    .where('closings.status', '=', 'open')
    .where('closings.target', '=', 0)
    .execute();
  return new Set(
    rows.map(({ accountId, isOtherMode, ...instrument }) =>
      closingKey({ accountId, instrument }, { isOtherMode }),
    ),
  );
}
