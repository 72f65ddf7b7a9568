import { raiseAlert } from '@orderlane/db/alerts';
import { storeClosingOrders } from '@orderlane/db/closing-orders';
import {
  type ClosingToWork,
  endClosing,
  forgetFlat,
  holdClosing,
  markCancelAsked,
  markTold,
  recordFlat,
  settleFlat,
  settleOwn,
} from '@orderlane/db/closings';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import type { ClosingStep, ClosingTimes, Tell } from '@orderlane/domain/closing';
import { holdMs } from '@orderlane/domain/closing-auction';
import type { LookVerdict } from '@orderlane/domain/closing-proof';
import { brandIds, type OrderId } from '@orderlane/domain/ids';
import { type Instrument, instrumentKey } from '@orderlane/domain/instrument';
import { priorities } from '@orderlane/domain/lane';
import { actionToClose, leftToClose } from '@orderlane/domain/left-to-close';
import type { Calendar } from '@orderlane/domain/market-calendar';

/** How a closing ended. */
export interface EndedClosing {
  closing: ClosingToWork;
  status: 'verified' | 'nothing_open' | 'failed';
  detail: string | null;
}

export interface CarryOutDeps {
  db: Db;
  times: ClosingTimes;
  newId(): string;
  /** The trading clock. */
  now(): Temporal.ZonedDateTime;
  calendar: Calendar;
  isAuctionStock(instrument: Instrument): boolean;
  /** Asks OpenAlgo to cancel; what became of the order is in the books. */
  cancel(closing: ClosingToWork, brokerOrderId: string): Promise<void>;
  /** After the commit; what fails here is left to the sweep. */
  enqueue(orders: DueOrder[]): Promise<void>;
  onEnded(ended: EndedClosing): void;
}

type Step = Exclude<ClosingStep, { kind: 'look' }>;

/** Does what the decision says; answers when the closing is to be looked at again (ms). */
export async function carryOutStep(
  deps: CarryOutDeps,
  args: { closing: ClosingToWork; step: Step },
): Promise<number> {
  const { closing, step } = args;
  switch (step.kind) {
    case 'wait':
      await tellOfClosing(deps, closing, step.tell);
      return step.ms;
    case 'cancel':
      await tellOfClosing(deps, closing, step.tell);
      // Another part of it may rest just as long.
      return (await cancel(deps, closing, step.orderId)) ? 0 : deps.times.watchMs;
    case 'send':
      await tellOfClosing(deps, closing, step.tell);
      await send(deps, closing, step.quantity);
      return deps.times.watchMs;
    case 'fail':
      await fail(deps, closing, step.text);
      return 0;
  }
}

/** The same for what a look at the books showed. */
export async function carryOutVerdict(
  deps: CarryOutDeps,
  args: { closing: ClosingToWork; verdict: LookVerdict },
): Promise<number> {
  const { closing, verdict } = args;
  const { id } = closing;
  switch (verdict.kind) {
    case 'seen_once':
      await recordFlat(deps.db, { id, quantity: verdict.quantity });
      return verdict.againInMs;
    case 'unknown':
      await forgetFlat(deps.db, id);
      return deps.times.lookAgainMs;
    case 'open':
      await forgetFlat(deps.db, id);
      return verdict.step.kind === 'look'
        ? deps.times.lookAgainMs
        : await carryOutStep(deps, { closing, step: verdict.step });
    case 'closed_outside':
      await endOutside(deps, closing, verdict.own);
      return 0;
    case 'verified':
    case 'nothing_open':
      await endFlat(deps, closing, verdict.kind);
      return 0;
  }
}

/** Whether it was asked for now. */
async function cancel(
  deps: CarryOutDeps,
  closing: ClosingToWork,
  orderId: OrderId,
): Promise<boolean> {
  const order = await markCancelAsked(deps.db, { orderId, againAfterMs: deps.times.restMs });
  if (order === undefined) return false;
  await deps.cancel(closing, order.brokerOrderId);
  return true;
}

/** One more order, of what is left; the claim fits it to what is held then. */
async function send(
  deps: CarryOutDeps,
  closing: ClosingToWork,
  quantity: number | null,
): Promise<void> {
  const order = {
    id: brandIds.order(deps.newId()),
    lane: quantity === null ? ('smart' as const) : ('regular' as const),
    priority: priorities.exit,
    action: actionToClose(closing),
    quantity: quantity ?? 0,
    quantityLimit: null,
    notBeforeMs: holdMs(closing.instrument, {
      now: deps.now(),
      calendar: deps.calendar,
      isAuctionStock: deps.isAuctionStock,
    }),
  };
  await deps.enqueue(await storeClosingOrders(deps.db, { closing, orders: [order] }));
}

async function fail(deps: CarryOutDeps, closing: ClosingToWork, text: string): Promise<void> {
  await end(deps, { closing, status: 'failed', detail: text }, async (db) => {
    await raiseAlert(db, { ...about(closing), code: 'exit_failed', text: textOf(closing, text) });
  });
}

async function endFlat(
  deps: CarryOutDeps,
  closing: ClosingToWork,
  status: 'verified' | 'nothing_open',
): Promise<void> {
  await end(deps, { closing, status, detail: null }, async (db) => {
    if (status === 'verified' && closing.scope === 'account') {
      await settleFlat(db, { id: closing.id });
    }
  });
}

async function endOutside(deps: CarryOutDeps, closing: ClosingToWork, own: number): Promise<void> {
  const detail = `the account holds ${own}, not ${closing.own}: somebody else closed it`;
  await end(deps, { closing, status: 'verified', detail }, async (db) => {
    await settleOwn(db, { id: closing.id, own });
    const text = textOf(closing, detail);
    await raiseAlert(db, { ...about(closing), code: 'closed_outside', text });
  });
}

/** Not where something has moved since it was judged: then it stays open, and is judged anew. */
async function end(
  deps: CarryOutDeps,
  how: EndedClosing,
  write: (db: Db) => Promise<void>,
): Promise<void> {
  const { closing, status, detail } = how;
  const woken = await deps.db.transaction().execute(async (db) => {
    if (!(await holdClosing(db, closing))) return undefined;
    await write(db);
    return await endClosing(db, { id: closing.id, status, detail });
  });
  if (woken === undefined) return;
  deps.onEnded(how);
  if (woken.length > 0) await deps.enqueue(woken);
}

/** Each code once for a closing, in the transaction that remembers it. */
export async function tellOfClosing(
  { db }: Pick<CarryOutDeps, 'db'>,
  closing: ClosingToWork,
  tell: readonly Tell[],
): Promise<void> {
  const untold = tell.filter(({ code }) => !closing.told.includes(code));
  if (untold.length === 0) return;
  const codes = untold.map(({ code }) => code);
  await db.transaction().execute(async (locked) => {
    const news = await markTold(locked, { id: closing.id, codes });
    for (const { code, text } of untold.filter((each) => news.includes(each.code))) {
      await raiseAlert(locked, { ...about(closing), code, text: textOf(closing, text) });
    }
  });
}

function about({ id, accountId, strategyId, strategyName, instrument }: ClosingToWork) {
  return { accountId, strategyId, subject: `${strategyName} ${instrumentKey(instrument)} ${id}` };
}

function textOf(closing: ClosingToWork, text: string): string {
  const { strategyName, instrument, scope } = closing;
  const left = leftToClose(closing);
  const what =
    scope === 'account' || left === 0 ? instrument.symbol : `${left} ${instrument.symbol}`;
  return `Closing ${what} (${strategyName}): ${text}`;
}
