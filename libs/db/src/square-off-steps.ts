import type { Held } from '@orderlane/domain/held';
import { type AccountId, brandIds, type OrderId, type StrategyId } from '@orderlane/domain/ids';
import {
  type ExitPlan,
  exitKey,
  type HeldInOtherMode,
  type HeldThere,
} from '@orderlane/domain/plan-closing';
import type { TradedInstrument } from '@orderlane/domain/plan-square-off';
import type { RefusalCode } from '@orderlane/domain/refusal';
import { sql } from 'kysely';
import { jsonParameter } from './json-parameter.ts';
import type { Db } from './open-db.ts';
import type { DueOrder } from './outcomes.ts';
import { exitsParameter, type InstrumentRow, toTraded } from './square-off-exits.ts';
import type { SquareOffToWork } from './square-offs.ts';

/** All that the exits of a square-off are planned from, locked. */
export interface TakenUpSquareOff {
  /** Unsent entries that ended with it; their jobs are dead. */
  voided: Omit<DueOrder, 'priority'>[];
  held: HeldThere[];
  otherMode: HeldInOtherMode[];
  /** What orders of the account's present mode, or of an unknown one, may have left in the span. */
  traded: TradedInstrument[];
  /** Keys (`exitKey`) of the exits that it stored already. */
  stored: ReadonlySet<string>;
  /** What forbids the strategy's exits on each account that it may hold something on; null: nothing. */
  brakes: ReadonlyMap<AccountId, RefusalCode | null>;
}

type Row = Omit<InstrumentRow, 'accountId'> & { account_id: AccountId };

interface FactsRow {
  voided: TakenUpSquareOff['voided'];
  held: (Row & Held)[];
  other_mode: (Row & { own: number } & Pick<HeldInOtherMode, 'mode'>)[];
  traded: Row[];
  stored: Row[];
  brakes: Record<string, RefusalCode | null>;
}

/**
 * Locks a square-off with all instruments of its strategy, and these, and voids the strategy's unsent entries, in
 * the caller's transaction. Undefined when it is done, or another scheduler's by now.
 * @param args.span in which the strategy traded: how long ago it began and ended (ms)
 */
export async function takeUpSquareOff(
  db: Db,
  args: {
    squareOff: Pick<SquareOffToWork, 'id' | 'worker'>;
    strategyId: StrategyId;
    accountId: AccountId | null;
    open: readonly { exchange: string; symbol: string; product: string }[];
    span: { sinceMs: number; untilMs: number };
  },
): Promise<TakenUpSquareOff | undefined> {
  const { squareOff, strategyId, accountId, open, span } = args;
  const parameters = {
    ...{ id: squareOff.id, worker: squareOff.worker, strategy_id: strategyId },
    ...{ account_id: accountId, open: accountId === null ? [] : open },
    ...{ since_ms: span.sinceMs, until_ms: span.untilMs },
  };
  const { rows } = await sql<{ facts: FactsRow | null }>`
    select take_up_square_off(${jsonParameter(parameters)}::jsonb) as facts`.execute(db);
  const facts = rows[0]?.facts ?? undefined;
  if (facts === undefined) return undefined;
  return {
    voided: facts.voided,
    held: facts.held.map(({ own, coming, entries, ...row }) => ({
      ...toTraded(rowOf(row)),
      held: { own, coming, entries },
    })),
    otherMode: facts.other_mode.map(({ own, mode, ...row }) => ({
      ...toTraded(rowOf(row)),
      mode,
      held: { own, coming: 0, entries: 0 },
    })),
    traded: facts.traded.map((row) => toTraded(rowOf(row))),
    stored: new Set(facts.stored.map((row) => exitKey(toTraded(rowOf(row))))),
    brakes: new Map(
      Object.entries(facts.brakes).map(([id, code]) => [brandIds.account(Number(id)), code]),
    ),
  };
}

function rowOf({ account_id: accountId, exchange, symbol, product }: Row): InstrumentRow {
  return { accountId, exchange, symbol, product };
}

/** Whether a square-off is done; where not, when it is taken up again (ms). */
export type SquareOffEnd =
  | { isDone: true; detail: string | null }
  | { isDone: false; detail: string; againInMs: number; foundEmpty: boolean };

/** Stores the exits of a square-off that was taken up in this transaction, each with the next number of its instrument. */
export async function putDownSquareOff(
  db: Db,
  args: {
    id: number;
    strategyId: StrategyId;
    strategyName: string;
    exits: readonly (ExitPlan & { id: OrderId })[];
    /** Before their closings are looked at where nothing moves (ms). */
    firstLookMs: number;
    end: SquareOffEnd;
  },
): Promise<DueOrder[]> {
  const { end, exits } = args;
  const parameters = {
    square_off_id: args.id,
    strategy_id: args.strategyId,
    strategy_name: args.strategyName,
    first_look_in_ms: args.firstLookMs,
    exits: exitsParameter(exits),
    detail: end.detail,
    ...(!end.isDone && { again_in_ms: end.againInMs, is_empty: end.foundEmpty }),
  };
  await sql`select put_down_square_off(${jsonParameter(parameters)}::jsonb)`.execute(db);
  return exits.map(({ id, accountId, lane, priority }) => ({ id, accountId, lane, priority }));
}
