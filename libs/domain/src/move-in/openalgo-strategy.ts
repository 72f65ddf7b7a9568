/** A row of OpenAlgo's strategies, or of its ChartInk strategies, as text: its columns hold anything. */
export interface OpenAlgoStrategy {
  source: 'strategies' | 'chartink_strategies';
  id: string;
  name: string | null;
  webhookId: string | null;
  /** Null for ChartInk. */
  platform: string | null;
  /** Null for ChartInk. */
  tradingMode: string | null;
  isActive: string | null;
  isIntraday: string | null;
  startTime: string | null;
  endTime: string | null;
  squareoffTime: string | null;
  mappings: readonly OpenAlgoMapping[];
}

export interface OpenAlgoMapping {
  symbol: string | null;
  exchange: string | null;
  quantity: string | null;
  product: string | null;
}

/** SQLite has no booleans; a column that was never set has OpenAlgo's default. */
export function isTrue(text: string | null, fallback: boolean): boolean {
  if (text === null || text.trim() === '') return fallback;
  return /^(1|1\.0|t|true|yes)$/i.test(text.trim());
}
