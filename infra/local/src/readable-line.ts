import { styleText } from 'node:util';

const SERVICE_WIDTH = 9;

const STYLES = new Map<string, 'yellow' | 'red'>([
  ['warn', 'yellow'],
  ['error', 'red'],
  ['fatal', 'red'],
]);

/** A log line of a service, as far as a person reads it. */
interface Line {
  time?: unknown;
  level?: unknown;
  service?: unknown;
  msg?: unknown;
  err?: { message?: unknown };
}

/**
 * What a person reads of one line that the process `name` wrote: time of day, process, text. A line
 * that is no log line stays as it is.
 */
export function readableLine(name: string, line: string, now: Date): string {
  const parsed = parseLine(line);
  if (!parsed) return oneLine({ at: now, name, text: line, level: 'info' });
  return oneLine({
    at: typeof parsed.time === 'string' ? new Date(parsed.time) : now,
    name: typeof parsed.service === 'string' ? parsed.service : name,
    text: textOf(parsed),
    level: String(parsed.level ?? 'info'),
  });
}

function parseLine(line: string): Line | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Line;
  } catch {
    return undefined;
  }
}

function textOf(line: Line): string {
  const said = String(line.msg ?? '');
  const cause = line.err?.message;
  return typeof cause === 'string' && !said.includes(cause) ? `${said}: ${cause}` : said;
}

/**
 * What strangers sent must neither move the cursor nor look like a line of ours: control characters
 * and those that turn the direction of writing go, further lines are indented.
 */
function harmless(text: string): string {
  const indent = ' '.repeat('00:00:00'.length + SERVICE_WIDTH + 4);
  return text
    .replaceAll(/(?!\n)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, ' ')
    .replaceAll('\n', `\n${indent}`);
}

function oneLine(line: { at: Date; name: string; text: string; level: string }): string {
  const time = line.at.toTimeString().slice(0, 8);
  const text = styleText(STYLES.get(line.level) ?? 'reset', harmless(line.text));
  return `${styleText('dim', time)}  ${line.name.padEnd(SERVICE_WIDTH)}  ${text}`;
}
