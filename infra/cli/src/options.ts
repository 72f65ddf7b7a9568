import { parseWholeNumber } from '@orderlane/domain/whole-number';
import { parseDuration } from '@orderlane/runtime/duration';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** A whole number above 0. */
export function parseCount(text: string): number {
  const count = parseWholeNumber(text);
  if (count === undefined || count <= 0) {
    throw new InvalidArgumentError('It must be a whole number above 0.');
  }
  return count;
}

/** Milliseconds of `30 seconds`, `2 minutes` or `0`. */
export function parseDurationMs(text: string): number {
  const durationMs = parseDuration(text);
  if (durationMs === undefined) {
    throw new InvalidArgumentError('It must be a duration such as "30 seconds".');
  }
  return durationMs;
}

/** `9:20` is meant as `09:20`; what is no time at all is the domain's to refuse. */
export function parseTime(text: string): string {
  return /^\d:\d\d$/.test(text) ? `0${text}` : text;
}

/** The instant at which a day of India (`2026-11-22`) begins, or the instant itself. */
export function parseDayStart(text: string): Date {
  return parseDay(text, 0);
}

/** The instant at which a day of India is over, or the instant itself. */
export function parseDayEnd(text: string): Date {
  return parseDay(text, 1);
}

function parseDay(text: string, daysLater: number): Date {
  const instant = /^\d{4}-\d\d-\d\d$/.test(text)
    ? dayStart(text, daysLater)
    : attempt(() => Temporal.Instant.from(text));
  if (instant !== undefined) return new Date(instant.epochMilliseconds);
  throw new InvalidArgumentError(
    'It must be a day such as 2026-11-22, or an instant such as 2026-11-22T09:15:00+05:30.',
  );
}

function dayStart(day: string, daysLater: number): Temporal.Instant | undefined {
  return attempt(() => {
    const date = Temporal.PlainDate.from(day).add({ days: daysLater });
    return date.toZonedDateTime('Asia/Kolkata').toInstant();
  });
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Days of the week, 1 Monday to 7 Sunday, of `Mon,Tue` or `Monday, Tuesday`. */
export function parseWeekdays(text: string): number[] {
  return parseList(text).map((word) => {
    const day = weekdays.indexOf(word.slice(0, 3).toLowerCase()) + 1;
    if (day > 0) return day;
    throw new InvalidArgumentError('It must be days of the week such as "Mon,Tue,Wed".');
  });
}

/** Words with commas between them. */
export function parseList(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

export function choice(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, `${description}: ${words.join(', ')}`).argParser(oneOf(words));
}

/** Words are taken in any case and passed on as the list writes them. */
export function oneOf<W extends string>(words: readonly W[]): (text: string) => W {
  return (text) => {
    const word = words.find((one) => one.toLowerCase() === text.trim().toLowerCase());
    if (word !== undefined) return word;
    throw new InvalidArgumentError(`It must be one of ${words.join(', ')}.`);
  };
}

/** Every command can answer to programs. */
export function withJson(command: Command): Command {
  return command.option('--json', 'answer with JSON');
}

/** What to add to a command's help. */
export function examples(...commands: string[]): string {
  const lines = commands.map((command) => `  npm run cli -- ${command}`);
  return `\nExamples:\n${lines.join('\n')}`;
}

/** What a person says to take a limit away; commander makes an empty text of null. */
export const none = Symbol('none');

/** As `parse`, and `none` for that word. */
export function orNone<T>(parse: (text: string) => T): (text: string) => T | typeof none {
  return (text) => (text.trim().toLowerCase() === 'none' ? none : parse(text));
}
