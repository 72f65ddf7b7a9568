import { isSource } from './allowed-sources.ts';
import {
  checkMappedHours,
  checkTimes,
  warnOfHoursOfNone,
  warnOfLateSquareOff,
} from './check-times.ts';
import { expiryOf } from './contract.ts';
import type { Mapping } from './mapping.ts';
import type { SaveIssue } from './save-issue.ts';
import type { Strategy } from './strategy.ts';

/** A strategy as a form has it, types right, with the mappings that it has or will have. */
export type StrategyDraft = Omit<
  Strategy,
  'id' | 'webhookId' | 'version' | 'accountId' | 'exitsOnly' | 'formerMappings'
>;

export interface CheckedStrategy {
  /** Empty: it may be saved. */
  issues: readonly SaveIssue[];
  /** What its owner should know but may want. */
  warnings: readonly SaveIssue[];
}

const validName = /^[A-Za-z0-9 _-]+$/;

/**
 * Everything that is wrong with a strategy, and what is only doubtful.
 * @param today a date of Asia/Kolkata: market hours are those of that day
 */
export function checkStrategy(draft: StrategyDraft, today: Temporal.PlainDate): CheckedStrategy {
  return {
    issues: [
      ...checkSettings(draft),
      ...checkMappedHours(draft, today),
      ...draft.mappings.flatMap((mapping) => checkMappingOf(draft, mapping)),
    ],
    warnings: [
      ...warnOfLateSquareOff(draft),
      ...warnOfHoursOfNone(draft, today),
      ...draft.mappings.flatMap((mapping) => warnOfExpired(mapping, today)),
    ],
  };
}

/** What is wrong with its own settings, whatever it maps and whatever day it is. */
export function checkSettings(draft: Settings): SaveIssue[] {
  return [
    ...checkName(draft.name),
    ...checkMode(draft),
    ...checkTimes(draft),
    ...checkLimits(draft),
    ...checkTradingDays(draft),
    ...checkSources(draft),
  ];
}

type Settings = Omit<StrategyDraft, 'mappings'>;

function checkName(name: string): SaveIssue[] {
  if (name.trim() === '') return [issue('name', 'Strategy name is required')];
  if (name !== name.trim()) return [issue('name', 'Strategy name begins or ends with a space')];
  if (name.length < 3 || name.length > 50) {
    return [issue('name', 'Strategy name must be between 3 and 50 characters')];
  }
  const text = 'Strategy name can only contain letters, numbers, spaces, hyphens and underscores';
  return validName.test(name) ? [] : [issue('name', text)];
}

function checkMode({ platform, tradingMode, chartinkAction }: Settings): SaveIssue[] {
  if (tradingMode === null && platform !== 'chartink') {
    return [issue('tradingMode', 'Trading mode is required: LONG, SHORT or BOTH')];
  }
  const refused = { LONG: ['SHORT', 'COVER'], SHORT: ['BUY', 'SELL'], BOTH: [] as string[] };
  const isRefused =
    tradingMode !== null &&
    chartinkAction !== null &&
    refused[tradingMode].includes(chartinkAction);
  const text = `A ${tradingMode} strategy takes no ${chartinkAction} scans`;
  return isRefused ? [issue('chartinkAction', text)] : [];
}

function checkLimits(draft: Settings): SaveIssue[] {
  const { duplicateWindowMs, entryMaxAgeMs, maxQuantity, maxEntries, maxOrdersPerDay } = draft;
  const limits = { entryMaxAgeMs, maxQuantity, maxEntries, maxOrdersPerDay };
  const low = Object.entries(limits).filter(([, limit]) => limit !== null && !isCount(limit));
  const issues = low.map(([field]) => issue(field, `${field} must be a whole number above 0`));
  const isWindow = duplicateWindowMs === 0 || isCount(duplicateWindowMs);
  return isWindow
    ? issues
    : [
        ...issues,
        issue('duplicateWindowMs', 'duplicateWindowMs must be a whole number, 0 or more'),
      ];
}

function checkTradingDays({ tradingDays }: Settings): SaveIssue[] {
  if (tradingDays === null) return [];
  const areDays = tradingDays.every((day) => Number.isInteger(day) && day >= 1 && day <= 7);
  const areOnce = new Set(tradingDays).size === tradingDays.length;
  const text = 'Trading days are numbers from 1 (Monday) to 7 (Sunday), each once, one at least';
  return areDays && areOnce && tradingDays.length > 0 ? [] : [issue('tradingDays', text)];
}

const mostSources = 50;

function checkSources({ allowedSources }: Settings): SaveIssue[] {
  if (allowedSources === null) return [];
  if (allowedSources.length === 0 || allowedSources.length > mostSources) {
    return [issue('allowedSources', `Name 1 to ${mostSources} addresses, or none at all`)];
  }
  return allowedSources
    .filter((source) => !isSource(source))
    .map((source) => issue('allowedSources', `Invalid address or network: ${source}`));
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value <= 2_147_483_647;
}

function checkMappingOf(draft: StrategyDraft, mapping: Mapping): SaveIssue[] {
  const { signalSymbol, product, quantity } = mapping;
  const issues: SaveIssue[] = [];
  if (product === 'CNC' && mayShort(draft)) {
    const text = `${signalSymbol}: CNC knows no shorts and no targets, only LONG strategies use it`;
    issues.push(issue('mappings', text));
  }
  if (quantity === null && draft.platform === 'chartink') {
    const text = `${signalSymbol}: ChartInk sends no quantity, the mapping needs one`;
    issues.push(issue('mappings', text));
  }
  if (quantity !== null && draft.maxQuantity !== null && quantity > draft.maxQuantity) {
    issues.push(issue('maxQuantity', `${signalSymbol}: its quantity is above max_quantity`));
  }
  return issues;
}

/** A broker refuses it; it may still be what an exit is meant for. */
function warnOfExpired(mapping: Mapping, today: Temporal.PlainDate): SaveIssue[] {
  const expiry = expiryOf(mapping);
  if (expiry === undefined || Temporal.PlainDate.compare(expiry, today) >= 0) return [];
  const text = `${mapping.symbol} expired on ${expiry.toString()}: map the signal to the next contract`;
  return [issue('mappings', text)];
}

/** ChartInk's scans without a stated action may still only ever buy and sell: not refused here. */
function mayShort({ tradingMode, chartinkAction }: StrategyDraft): boolean {
  if (tradingMode !== null) return tradingMode !== 'LONG';
  return chartinkAction === 'SHORT' || chartinkAction === 'COVER';
}

function issue(field: string, text: string): SaveIssue {
  return { field, text };
}
