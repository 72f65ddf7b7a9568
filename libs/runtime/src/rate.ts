/** At most `count` within any `periodMs`. */
export interface RateLimit {
  count: number;
  periodMs: number;
}

const PERIODS: Record<string, number> = { second: 1_000, minute: 60_000, hour: 3_600_000 };

/**
 * Reads a rate in the form that OpenAlgo's users have in their `.env`: "10 per second", also
 * compound, "10 per second; 40 per minute". Undefined when it is not of that form.
 */
export function parseRate(text: string): RateLimit[] | undefined {
  const limits: RateLimit[] = [];
  for (const part of text.split(';')) {
    const match = /^\s*([1-9]\d{0,8})\s*(?:per|\/)\s*(second|minute|hour)\s*$/i.exec(part);
    const periodMs = PERIODS[match?.[2]?.toLowerCase() ?? ''];
    if (!match || periodMs === undefined) return undefined;
    limits.push({ count: Number(match[1]), periodMs });
  }
  return limits;
}
