import type { FormerMapping } from './former-mapping.ts';
import type { AccountId, StrategyId, WebhookId } from './ids.ts';
import type { Mapping } from './mapping.ts';

export const platforms = [
  'tradingview',
  'amibroker',
  'python',
  'metatrader',
  'excel',
  'chartink',
  'gocharting',
  'others',
] as const;
export type Platform = (typeof platforms)[number];

export const tradingModes = ['LONG', 'SHORT', 'BOTH'] as const;
export type TradingMode = (typeof tradingModes)[number];

/** Whose position a strategy's exits and targets mean: all that the account holds, or its own. */
export const positionScopes = ['account', 'strategy'] as const;
export type PositionScope = (typeof positionScopes)[number];

export const chartinkActions = ['BUY', 'SELL', 'SHORT', 'COVER'] as const;
export type ChartinkAction = (typeof chartinkActions)[number];

/** `exits_only`: entries are refused, exits pass: so ends a strategy that still holds something. */
export type Activity = 'on' | 'exits_only' | 'off';

/** A strategy with all that a decision about one of its signals needs. */
export interface Strategy {
  id: StrategyId;
  webhookId: WebhookId;
  /** Goes to OpenAlgo as `strategy`. */
  name: string;
  /** Null when its owner has no OpenAlgo account. */
  accountId: AccountId | null;
  platform: Platform;
  isActive: boolean;
  /** Active for its exits alone. */
  exitsOnly: boolean;
  isIntraday: boolean;
  /** Null for ChartInk: its scan name says the action. */
  tradingMode: TradingMode | null;
  /** `HH:MM` of Asia/Kolkata, inclusive; null unless intraday. */
  startTime: string | null;
  endTime: string | null;
  squareoffTime: string | null;
  positionScope: PositionScope;
  /** States the action of a ChartInk strategy, whatever its scans are called. */
  chartinkAction: ChartinkAction | null;
  /** 0 turns duplicate detection without a key off (ms). */
  duplicateWindowMs: number;
  /** Null: ENTRY_MAX_AGE of the configuration (ms). */
  entryMaxAgeMs: number | null;
  /** Null: ten times the mapping's quantity. */
  maxQuantity: number | null;
  /** Entries per symbol while one is held or awaited; null: by platform. */
  maxEntries: number | null;
  maxOrdersPerDay: number;
  /** Days of the week on which entries are taken, 1 Monday to 7 Sunday; null: every day. */
  tradingDays: readonly number[] | null;
  /** One entry for each symbol and day. */
  onceADay: boolean;
  /** Addresses and networks that its webhook may be called from, or names of lists; null: any. */
  allowedSources: readonly string[] | null;
  /** A salted hash of what senders must say besides the webhook's address; null: nothing. */
  sharedSecretHash: string | null;
  mappings: readonly Mapping[];
  /** What it was led to before a change and still holds: for exits alone. */
  formerMappings: readonly FormerMapping[];
  /** Moves with every change of the strategy, its mappings or its account. */
  version: number;
}

/** Whether it trades at all, and how. */
export function activityOf({
  isActive,
  exitsOnly,
}: Pick<Strategy, 'isActive' | 'exitsOnly'>): Activity {
  if (!isActive) return 'off';
  return exitsOnly ? 'exits_only' : 'on';
}
