const UNITS = new Map([
  ['ms', 1],
  ['millisecond', 1],
  ['second', 1_000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
]);

/** A duration in ms from "60 seconds", "2 minutes", "1.5 seconds" or a plain number of ms. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(?:\s*([a-z]+))?$/i.exec(text.trim());
  if (!match) return undefined;
  const unit = (match[2] ?? 'ms').toLowerCase();
  const factor = UNITS.get(unit) ?? UNITS.get(unit.replace(/s$/, ''));
  if (factor === undefined) return undefined;
  const ms = Math.round(Number(match[1]) * factor);
  return Number.isSafeInteger(ms) ? ms : undefined;
}
