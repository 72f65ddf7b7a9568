import { checkStrategy, type StrategyDraft } from '../check-strategy.ts';
import { platforms, tradingModes } from '../strategy.ts';
import { convertMappings, keepFitting } from './convert-mappings.ts';
import { convertName } from './convert-name.ts';
import { type ConvertedTimes, convertTimes } from './convert-times.ts';
import { isTrue, type OpenAlgoStrategy } from './openalgo-strategy.ts';

/** What becomes of a strategy of OpenAlgo's. */
export interface ConvertedStrategy {
  /** Inactive, with its mappings; undefined: it cannot be taken. */
  draft: StrategyDraft | undefined;
  /** In lower case; undefined: it cannot be kept. */
  webhookId: string | undefined;
  wasActive: boolean;
  /** What is not as it was. */
  fixed: string[];
  /** What could not be taken: mappings, or all of it. */
  refused: string[];
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A strategy of OpenAlgo's as it can be kept here: with its webhook's address, inactive, its exits
 * meaning the account's position as OpenAlgo's do. Its validators let anything through, so that some
 * of it is fixed and some refused; each is said in words.
 * @param taken names that others have
 */
export function convertStrategy(
  strategy: OpenAlgoStrategy,
  args: { taken: ReadonlySet<string>; today: Temporal.PlainDate },
): ConvertedStrategy {
  const { taken, today } = args;
  const name = convertName(strategy.name, { id: strategy.id, taken });
  const webhookId = strategy.webhookId?.trim().toLowerCase() ?? '';
  const platform = convertPlatform(strategy);
  const mode = convertMode(strategy);
  const { mappings, refused } = convertMappings(strategy.mappings);
  const exchanges = [...new Set(mappings.map(({ exchange }) => exchange))];
  const isIntraday = isTrue(strategy.isIntraday, true);
  const times = convertTimes({ ...strategy, isIntraday }, { exchanges, today });
  const whole = makeDraft({ name, ...platform, ...mode, times }, mappings);
  const fitting = keepFitting(whole, today);
  const draft = { ...whole, mappings: fitting.mappings };
  const issues = [
    ...(uuid.test(webhookId) ? [] : ['its webhook id is no UUID']),
    ...checkStrategy(draft, today).issues.map(({ text }) => text),
  ];
  const renamed = name === strategy.name ? [] : [`its name becomes "${name}"`];
  return {
    draft: issues.length === 0 ? draft : undefined,
    webhookId: uuid.test(webhookId) ? webhookId : undefined,
    wasActive: isTrue(strategy.isActive, true),
    fixed: [...renamed, ...platform.fixed, ...mode.fixed, ...times.fixed],
    refused: [...issues, ...refused, ...fitting.refused],
  };
}

interface DraftParts {
  name: string;
  platform: StrategyDraft['platform'];
  tradingMode: StrategyDraft['tradingMode'];
  times: ConvertedTimes;
}

function makeDraft(
  { name, platform, tradingMode, times }: DraftParts,
  mappings: readonly Omit<StrategyDraft['mappings'][number], 'id'>[],
): StrategyDraft {
  const { isIntraday, startTime, endTime, squareoffTime } = times;
  return {
    ...{ name, platform, tradingMode, isIntraday, startTime, endTime, squareoffTime },
    isActive: false,
    positionScope: 'account',
    chartinkAction: null,
    duplicateWindowMs: 30_000,
    entryMaxAgeMs: null,
    maxQuantity: null,
    maxEntries: null,
    maxOrdersPerDay: 200,
    tradingDays: null,
    onceADay: false,
    allowedSources: null,
    sharedSecretHash: null,
    mappings: mappings.map((mapping, index) => ({ ...mapping, id: index + 1 })),
  };
}

function convertPlatform({ source, platform }: OpenAlgoStrategy) {
  if (source === 'chartink_strategies') return { platform: 'chartink' as const, fixed: [] };
  const word = (platform ?? '').trim().toLowerCase();
  const known = platforms.find((each) => each === word);
  // At OpenAlgo such a strategy takes the messages of other platforms: scans have a table of their own.
  if (known !== undefined && known !== 'chartink') return { platform: known, fixed: [] };
  const text = `its platform "${platform ?? ''}" becomes "others"`;
  return { platform: 'others' as const, fixed: [text] };
}

function convertMode({ source, tradingMode }: OpenAlgoStrategy) {
  if (source === 'chartink_strategies') return { tradingMode: null, fixed: [] };
  const word = (tradingMode ?? '').trim().toUpperCase();
  if (word === '') {
    const text = 'it has no trading mode: LONG, as OpenAlgo takes it';
    return { tradingMode: 'LONG' as const, fixed: [text] };
  }
  // What is no mode is refused with the rest.
  return { tradingMode: tradingModes.find((mode) => mode === word) ?? null, fixed: [] };
}
