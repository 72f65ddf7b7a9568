/** At most `count` in any `perMs` milliseconds. */
export interface Rate {
  count: number;
  perMs: number;
}

const unitMs = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const onePart = /^(\d{1,9})\s*(?:per\s+|\/\s*)(?:(\d{1,4})\s+)?(second|minute|hour|day)s?$/i;

/**
 * Reads rates as OpenAlgo's `.env` has them: "10 per second", "40 per minute; 10 per second",
 * "5/minute", "10 per 2 seconds". All of a compound rate's parts hold at once.
 * @returns undefined if the text is no rate, or a part allows nothing
 */
export function parseRates(text: string): Rate[] | undefined {
  const rates: Rate[] = [];
  for (const part of text.split(/[;,|]/)) {
    const rate = parsePart(part.trim());
    if (rate === undefined) return undefined;
    rates.push(rate);
  }
  return rates;
}

function parsePart(part: string): Rate | undefined {
  const [, count, multiple, unit] = onePart.exec(part) ?? [];
  const ms = unitMs[unit?.toLowerCase() as keyof typeof unitMs];
  const rate = { count: Number(count), perMs: Number(multiple ?? 1) * ms };
  return rate.count > 0 && rate.perMs > 0 ? rate : undefined;
}
