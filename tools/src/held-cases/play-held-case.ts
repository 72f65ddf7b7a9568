import type { Decision } from '@orderlane/domain/decision';
import type { Held } from '@orderlane/domain/held';
import { instrumentKey } from '@orderlane/domain/instrument';
import { calendarOf2026 } from '@orderlane/domain/market-calendar';
import type { OrderPlan } from '@orderlane/domain/order-plan';
import { parseSignal } from '@orderlane/domain/parse-signal';
import { planOrders } from '@orderlane/domain/plan-orders';
import { makeStrategy } from '@orderlane/domain/testing/make';
import { verdictOf } from '@orderlane/domain/verdict';
import type { HeldCase } from './case-file.ts';

/** What a case led to, as its `expect` says it. */
export type PlayedHeld = HeldCase['expect'];

/** Decides a case by the domain alone, and fills its orders by OpenAlgo's rule. */
export function playHeldCase(played: HeldCase): PlayedHeld {
  const decision = decide(played);
  return {
    http_status: verdictOf(decision).httpStatus,
    orders: decision.plans.map(toOrder),
    refused: decision.refusals.map(({ code }) => code),
    account_after: played.expect.account_after.map((row) => ({
      ...row,
      quantity: decision.plans
        .filter(({ instrument }) => instrumentKey(instrument) === instrumentKey(row))
        .reduce(positionAfter, accountHolds(played, row)),
    })),
  };
}

function decide(played: HeldCase): Decision {
  const strategy = strategyOf(played);
  const body = new TextEncoder().encode(JSON.stringify(played.request.body));
  const parsed = parseSignal({ body, platform: strategy.platform });
  if (!parsed.ok) return { plans: [], refusals: [parsed.refusal], notes: [] };
  return planOrders({
    strategy,
    signal: parsed.signal,
    now: Temporal.PlainDateTime.from(played.now_ist).toZonedDateTime('Asia/Kolkata'),
    calendar: calendarOf2026,
    isAuctionStock: () => true,
    held: new Map(played.held.map((one): [string, Held] => [instrumentKey(one), one])),
    entryMaxAgeMs: 60_000,
    entriesToday: played.entries_today,
    squareOffBegan: played.square_off_began,
    brakes: played.brakes,
  });
}

function strategyOf({ strategy }: HeldCase) {
  return makeStrategy({
    platform: strategy.platform,
    tradingMode: strategy.trading_mode,
    positionScope: strategy.position_scope,
    isIntraday: strategy.is_intraday,
    startTime: strategy.start_time,
    endTime: strategy.end_time,
    squareoffTime: strategy.squareoff_time,
    chartinkAction: strategy.chartink_action,
    maxQuantity: strategy.max_quantity,
    maxEntries: strategy.max_entries,
    mappings: strategy.mappings.map(({ signal_symbol, product_type, ...rest }, index) => ({
      ...rest,
      id: index + 1,
      signalSymbol: signal_symbol,
      product: product_type,
      multiplier: null,
    })),
  });
}

function toOrder(plan: OrderPlan): PlayedHeld['orders'][number] {
  return {
    symbol: plan.instrument.symbol,
    lane: plan.lane,
    role: plan.role,
    action: plan.action,
    quantity: plan.quantity,
    target_position: plan.targetPosition,
    own_target: plan.ownTarget,
  };
}

type Row = HeldCase['position_book'][number];

function accountHolds({ position_book, holdings }: HeldCase, row: Row): number {
  return [...position_book, ...holdings]
    .filter((each) => instrumentKey(each) === instrumentKey(row))
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

/** A smart order goes to its target; only from 0 to 0 its quantity counts (openalgo-contract 2.1). */
function positionAfter(position: number, plan: OrderPlan): number {
  const signed = plan.action === 'BUY' ? plan.quantity : 0 - plan.quantity;
  if (plan.targetPosition === null) return position + signed;
  return plan.targetPosition === 0 && position === 0 ? signed : plan.targetPosition;
}
