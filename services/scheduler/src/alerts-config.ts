import { parseCode } from '@orderlane/domain/alert-policy';
import {
  durationMs,
  durationsMs,
  httpUrl,
  listOf,
  oneOf,
  optional,
  optionalEmail,
  optionalHttpUrl,
} from '@orderlane/runtime/config-fields';
import { z } from 'zod';

const codes = () =>
  listOf({
    expects: 'codes of docs/reason-codes.md with commas between',
    parse: parseCode,
    isPublic: true,
  });

/** Where alerts go, which of them, and how fast. */
export const alertsConfig = {
  TELEGRAM_BOT_TOKEN: optional({
    expects: 'the token of a Telegram bot, such as 123456789:AAE-…',
    parse: (given) => (/^\d+:[\w-]{20,}$/.test(given) ? given : undefined),
  }),
  TELEGRAM_CHAT_ID: optional({
    expects: "a chat's number such as -1001234567890, or the @name of a channel",
    parse: (given) => (/^(-?\d+|@\w+)$/.test(given) ? given : undefined),
    isPublic: true,
  }),
  TELEGRAM_API_URL: httpUrl('https://api.telegram.org'),
  ALERT_WEBHOOK_URL: optionalHttpUrl(),
  /** Signs what is sent to ALERT_WEBHOOK_URL. */
  ALERT_WEBHOOK_SECRET: optional({
    expects: 'a secret of at least 16 characters',
    parse: (given) => (given.length >= 16 ? given : undefined),
  }),
  /** A mail server; the address holds a password and is never shown. */
  SMTP_URL: optional({
    expects: 'smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465',
    parse: (given) => {
      const url = URL.parse(given);
      const isSmtp = url?.protocol === 'smtp:' || url?.protocol === 'smtps:';
      return isSmtp && url.hostname !== '' && url.search === '' ? given : undefined;
    },
  }),
  /** Of smtp://: whether a server that offers no TLS is spoken to. */
  SMTP_TLS: oneOf(['required', 'if-offered'], 'required'),
  ALERT_EMAIL_FROM: optionalEmail(),
  ALERT_EMAIL_TO: optional({
    expects: 'e-mail addresses with commas between',
    parse: (given) =>
      z.array(z.email()).safeParse(given.split(',').map((each) => each.trim())).data,
    isPublic: true,
  }),
  /** Codes that are sent besides the usual ones. */
  ALERTS_ALSO: codes(),
  /** Codes that are not sent. */
  ALERTS_NOT: codes(),
  ALERTS_MS: durationMs('2 seconds'),
  ALERT_TIMEOUT_MS: durationMs('10 seconds'),
  /** Pauses of a target after failures in a row; the last one repeats. */
  ALERT_RETRY_MS: durationsMs('5 seconds, 15 seconds, 1 minute'),
  ALERT_MAX_AGE: durationMs('1 day'),
  /** After three messages of a code in this time more of it are gathered into one. */
  ALERT_BURST_MS: durationMs('1 minute'),
  /** An exit that could be sent and is not is told after this time. */
  EXIT_ALERT_MS: durationMs('30 seconds'),
  /** A lane on which orders wait while nobody takes any is told after this time. */
  LANE_ALERT_MS: durationMs('30 seconds'),
  /** Called by a scheduler that reaches Postgres and Redis. */
  HEARTBEAT_URL: optionalHttpUrl(),
  HEARTBEAT_MS: durationMs('60 seconds'),
  /** Between two looks whether Postgres and Redis answer; after three in vain somebody is told. */
  STORES_CHECK_MS: durationMs('5 seconds'),
};

const partners = [
  ['TELEGRAM_BOT_TOKEN', 'TELEGRAM_CHAT_ID'],
  ['TELEGRAM_CHAT_ID', 'TELEGRAM_BOT_TOKEN'],
  ['ALERT_WEBHOOK_SECRET', 'ALERT_WEBHOOK_URL'],
  ['SMTP_URL', 'ALERT_EMAIL_FROM'],
  ['SMTP_URL', 'ALERT_EMAIL_TO'],
  ['ALERT_EMAIL_FROM', 'SMTP_URL'],
  ['ALERT_EMAIL_TO', 'SMTP_URL'],
] as const;

/** Half of a target would be read and ignored. */
export function checkTargets(
  config: Partial<Record<(typeof partners)[number][0 | 1], string | readonly string[] | undefined>>,
  context: z.RefinementCtx,
): void {
  for (const [given, needed] of partners) {
    if (config[given] === undefined || config[needed] !== undefined) continue;
    context.addIssue({ code: 'custom', path: [needed], message: `is missing: ${given} is set` });
  }
}
