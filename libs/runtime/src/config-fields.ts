import { parseRates, type Rate } from '@orderlane/domain/rate';
import { z } from 'zod';
import { type AddressList, parseAddressList } from './address-list.ts';
import { parseDuration } from './duration.ts';

/** What one kind of variable looks like. */
export interface Form<T> {
  /** Completes "must be …", with an example. */
  expects: string;
  parse(text: string): T | undefined;
  /** The value may be shown in an error. */
  isPublic?: boolean;
}

type Field<T> = z.ZodType<T, string | undefined>;

/** A variable of the given form; without a fallback it must be set. */
function required<T>(form: Form<T>, fallback?: string): Field<T> {
  const schema = z
    .string()
    .optional()
    .transform((set, context) => {
      const given = set ?? fallback;
      const value = given === undefined ? undefined : form.parse(given);
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: complaint(form, given) });
      return z.NEVER;
    });
  return schema.meta({ fallback, isSecret: form.isPublic !== true });
}

/** A variable of the given form that need not be set. */
export function optional<T>(form: Form<T>): Field<T | undefined> {
  const schema = z
    .string()
    .optional()
    .transform((given, context) => {
      const value = given === undefined ? undefined : form.parse(given);
      if (given === undefined || value !== undefined) return value;
      context.addIssue({ code: 'custom', message: complaint(form, given) });
      return z.NEVER;
    });
  return schema.meta({ isSecret: form.isPublic !== true });
}

/** Whether a variable's value is never shown; then it may stand in a file (`NAME_FILE`). */
export function isSecretField(field: unknown): boolean {
  return field instanceof z.ZodType && field.meta()?.['isSecret'] === true;
}

function complaint<T>(form: Form<T>, given: string | undefined): string {
  if (given === undefined) return `is missing: it must be ${form.expects}`;
  return form.isPublic ? `must be ${form.expects}, not "${given}"` : `must be ${form.expects}`;
}

/** Any text that is no secret. */
export function text(fallback?: string): Field<string> {
  return required({ expects: 'a text', parse: (given) => given, isPublic: true }, fallback);
}

/** An e-mail address, if any. */
export function optionalEmail(): Field<string | undefined> {
  const parse = (given: string) =>
    /^[^@\s]{1,64}@[^@\s]{1,189}$/.test(given) ? given.toLowerCase() : undefined;
  return optional({ expects: 'an e-mail address', parse, isPublic: true });
}

/** A password that a person chose, if any; never shown. */
export function optionalPassword(length: { min: number; max: number }): Field<string | undefined> {
  const { min, max } = length;
  const parse = (given: string) => (given.length >= min && given.length <= max ? given : undefined);
  return optional({ expects: `a password of ${min} to ${max} characters`, parse });
}

/** Values with commas between them; none when it is not set. */
export function listOf<T>(form: Form<T>): Field<T[]> {
  const parse = (given: string) => {
    const parts = given.split(',').filter((part) => part.trim() !== '');
    const values = parts.map(form.parse);
    return values.every((value) => value !== undefined) ? values : undefined;
  };
  return required({ ...form, parse }, '');
}

/** IP addresses and networks such as 10.0.0.0/8, with commas between them; none when not set. */
export function addresses(): Field<AddressList> {
  const expects = 'addresses such as 127.0.0.1, 10.0.0.0/8';
  const parse = (given: string) => parseAddressList(given.split(','));
  return required({ expects, parse, isPublic: true }, '');
}

/** Yes or no. */
export function yesOrNo(fallback: boolean): Field<boolean> {
  const words = new Map([
    ['true', true],
    ['false', false],
  ]);
  const parse = (given: string) => words.get(given.toLowerCase());
  return required({ expects: 'true or false', parse, isPublic: true }, String(fallback));
}

/** One of a few words. */
export function oneOf<const T extends string>(words: readonly T[], fallback: T): Field<T> {
  const parse = (given: string) => words.find((word) => word === given.toLowerCase());
  return required({ expects: `one of ${words.join(', ')}`, parse, isPublic: true }, fallback);
}

/** A whole number between two bounds, both allowed. */
export function integer(fallback: number, bounds: { min: number; max: number }): Field<number> {
  const { min, max } = bounds;
  const parse = (given: string) => {
    const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  };
  const expects = `a whole number from ${min} to ${max}`;
  return required({ expects, parse, isPublic: true }, String(fallback));
}

/** A TCP port to listen on; 0 lets the system choose one. */
export function port(fallback: number): Field<number> {
  return integer(fallback, { min: 0, max: 65_535 });
}

/** A duration in ms; written as a number of ms or as a text such as "60 seconds". */
export function durationMs(fallback: string): Field<number> {
  const expects = 'a duration such as "60 seconds" or a number of milliseconds';
  return required({ expects, parse: parseDuration, isPublic: true }, fallback);
}

/** How long something is kept, in ms: a week at the least, in which everything is still looked at. */
export function keptForMs(fallback: string): Field<number> {
  const week = 7 * 86_400_000;
  const expects = 'a duration of at least "7 days"';
  const parse = (given: string) => {
    const ms = parseDuration(given);
    return ms !== undefined && ms >= week ? ms : undefined;
  };
  return required({ expects, parse, isPublic: true }, fallback);
}

/** Several durations in ms, separated by commas. */
export function durationsMs(fallback: string): Field<number[]> {
  const expects = 'durations such as "500 ms, 1 second"';
  const parse = (given: string) => {
    const each = given.split(',').map((part) => parseDuration(part.trim()));
    return each.every((ms) => ms !== undefined) ? each : undefined;
  };
  return required({ expects, parse, isPublic: true }, fallback);
}

/** A rate such as "10 per second; 40 per minute". */
export function rate(fallback: string): Field<Rate[]> {
  const expects = 'a rate such as "10 per second" (second, minute or hour)';
  return required({ expects, parse: parseRates, isPublic: true }, fallback);
}

const httpAddress: Form<string> = {
  expects: 'an address such as http://127.0.0.1:5000',
  parse: (given) => parseUrl(given, ['http:', 'https:']),
};

const postgresAddress: Form<string> = {
  expects: 'a Postgres address such as postgres://user:password@127.0.0.1:5432/orderlane',
  parse: (given) => parseUrl(given, ['postgres:', 'postgresql:']),
};

const redisAddress: Form<string> = {
  expects: 'a Redis address such as redis://127.0.0.1:6379',
  parse: (given) => parseUrl(given, ['redis:', 'rediss:']),
};

const secret: Form<string> = {
  expects: 'a secret of at least 32 characters, for example from: openssl rand -base64 32',
  parse: (given) => (given.length >= 32 ? given : undefined),
};

/** An address that starts with http:// or https://, without a slash at its end. */
export function httpUrl(fallback: string): Field<string> {
  return required(httpAddress, fallback);
}

/** As `httpUrl`, where there may be none. */
export function optionalHttpUrl(): Field<string | undefined> {
  return optional(httpAddress);
}

/** A Postgres address; it holds a password and is never shown. */
export function databaseUrl(): Field<string> {
  return required(postgresAddress);
}

/** A Postgres address that replaces a part of our own. */
export function optionalDatabaseUrl(): Field<string | undefined> {
  return optional(postgresAddress);
}

/** The password of Postgres, where DATABASE_URL has none; never shown. */
export function optionalDatabasePassword(): Field<string | undefined> {
  // Half of a surrogate pair has no form in a URL.
  const parse = (given: string) => (given.isWellFormed() ? given : undefined);
  return optional({ expects: 'a password', parse });
}

/** A Redis address; it may hold a password and is never shown. */
export function redisUrl(): Field<string> {
  return required(redisAddress);
}

/** A Redis address that replaces a part of our own. */
export function optionalRedisUrl(): Field<string | undefined> {
  return optional(redisAddress);
}

/** A secret of at least 32 characters; never shown. */
export function secretKey(): Field<string> {
  return required(secret);
}

/** A secret that is made where none is given. */
export function optionalSecretKey(): Field<string | undefined> {
  return optional(secret);
}

/** An instant with its zone, such as "2026-10-05T09:20:00+05:30". */
export function optionalInstant(): Field<Temporal.Instant | undefined> {
  const expects = 'an instant such as 2026-10-05T09:20:00+05:30';
  return optional({ expects, parse: parseInstant, isPublic: true });
}

function parseUrl(given: string, protocols: string[]): string | undefined {
  const url = URL.parse(given);
  if (!url || !protocols.includes(url.protocol) || url.hostname === '') return undefined;
  return given.replace(/\/+$/, '');
}

function parseInstant(given: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(given);
  } catch {
    return undefined;
  }
}
