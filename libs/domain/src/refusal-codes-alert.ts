import type { RefusalEntry } from './refusal-entry.ts';

/** Told by alerts only: they refuse and stop nothing. */
export const alertOnlyCodes = {
  brake_released: {
    text: 'A brake was released',
    httpStatus: 200,
    meaning: 'A person released a kill switch or resumed an account.',
    cure: 'Nothing to do: orders that waited and are still within their age go out now.',
  },
  key_unreadable: {
    text: 'The stored API key of an account cannot be opened',
    httpStatus: 200,
    meaning:
      'It was sealed under another secret key than ORDERLANE_SECRET_KEY, or altered in the database. Other accounts go on.',
    cure: 'Set the secret key that it was sealed under again (see "keys list"), or enter the API key anew: "account set-key". A process that had it open goes on with it until it is restarted; orders of others wait.',
  },
  exit_waits: {
    text: 'An exit waits and is not sent',
    httpStatus: 200,
    meaning:
      'Longer than EXIT_ALERT_MS: no executor serves its lane, OpenAlgo is away or has no broker session.',
    cure: 'See that an executor runs and that OpenAlgo answers with a broker session; it goes out then. Close the position by hand if that takes too long.',
  },
  lane_unserved: {
    text: 'Orders wait on a lane and nobody takes them',
    httpStatus: 200,
    meaning:
      'Longer than LANE_ALERT_MS no executor took an order of it: none runs, or none gets through.',
    cure: 'See that an executor runs, and that it reaches Postgres and Redis. Orders within their age go out then; watch open positions at the broker until they do.',
  },
  postgres_away: {
    text: 'Postgres does not answer',
    httpStatus: 200,
    meaning: 'The scheduler could not reach the database several times in a row.',
    cure: 'Start Postgres, check its disk and DATABASE_URL. Webhooks are answered 503 and nothing is sent until then: watch open positions at the broker.',
  },
  postgres_back: {
    text: 'Postgres answers again',
    httpStatus: 200,
    meaning: 'The end of an outage that was told before.',
    cure: 'Nothing to do: orders within their age go out now. Signals that were answered 503 and not sent again are lost.',
  },
  redis_away: {
    text: 'Redis does not answer',
    httpStatus: 200,
    meaning: 'The scheduler could not reach Redis several times in a row.',
    cure: 'Start Redis, check REDIS_URL. Webhooks are accepted and stored, nothing is sent until then: watch open positions at the broker.',
  },
  redis_back: {
    text: 'Redis answers again',
    httpStatus: 200,
    meaning: 'The end of an outage that was told before.',
    cure: 'Nothing to do: orders within their age are back on their lanes.',
  },
  calendar_missing: {
    text: 'Nothing is known of the holidays of a year that begins',
    httpStatus: 200,
    meaning:
      'No OpenAlgo gave a calendar of it that can be believed, and nobody entered a day. Every weekday counts as a day of trading.',
    cure: 'Update OpenAlgo, or enter the holidays: `orderlane calendar add 2027-01-26 NSE,BSE,NFO,BFO closed`.',
  },
  filled: {
    text: 'An order was filled',
    httpStatus: 200,
    meaning: 'The trade book shows all of it. Sent only where ALERTS_ALSO names it.',
    cure: 'Nothing to do.',
  },
  test_alert: {
    text: 'A test',
    httpStatus: 200,
    meaning: 'Somebody asked in the console to see whether alerts arrive.',
    cure: 'Nothing to do: they do.',
  },
  day_summary: {
    text: 'The day of an account',
    httpStatus: 200,
    meaning: 'At 15:45 of Asia/Kolkata, for each account that had signals or orders.',
    cure: 'Look at what is indeterminate or expired, and at the open positions at the broker.',
  },
} as const satisfies Record<string, RefusalEntry>;
