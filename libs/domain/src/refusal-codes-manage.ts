import type { RefusalEntry } from './refusal-entry.ts';

const unknown = (what: string) => ({
  httpStatus: 404,
  meaning: `There is none with that id or name, or it is somebody else's.`,
  cure: `Look at the list of ${what}.`,
});

/** Given by the command line and the console to people who manage accounts, strategies and orders. */
export const manageCodes = {
  unknown_account: { text: 'There is no such account', ...unknown('accounts') },
  unknown_strategy: { text: 'There is no such strategy', ...unknown('strategies') },
  unknown_mapping: { text: 'There is no such mapping', ...unknown('mappings') },
  unknown_order: { text: 'There is no such order', ...unknown('orders') },
  unknown_signal: { text: 'There is no such signal', ...unknown('signals') },
  signal_id_used: {
    text: 'The strategy has had a signal with that id already',
    httpStatus: 409,
    meaning: 'A replay needs an id of its own, so that it is not taken for a repetition.',
    cure: 'Choose another id.',
  },
  unknown_user: { text: 'There is no such user', ...unknown('users') },
  unknown_key: { text: 'There is no such API key', ...unknown('API keys') },
  unknown_session: { text: 'There is no such session', ...unknown('sessions') },
  user_exists: {
    text: 'There is a user with that e-mail already',
    httpStatus: 409,
    meaning: 'An e-mail belongs to one user.',
    cure: 'Use another e-mail, or change the user that is there.',
  },
  last_admin: {
    text: 'Somebody must stay administrator',
    httpStatus: 409,
    meaning: 'The change would leave no administrator who can sign in.',
    cure: 'Make somebody else administrator first.',
  },
  strategy_exists: {
    text: 'There is a strategy of that name already',
    httpStatus: 409,
    meaning: 'An owner has each name once.',
    cure: 'Choose another name.',
  },
  account_exists: {
    text: 'There is such an account already',
    httpStatus: 409,
    meaning:
      'The name is taken, or an account has this API key already: it is the same OpenAlgo, whatever its address.',
    cure: 'Choose another name, or use the account that is there.',
  },
  account_in_use: {
    text: 'The account cannot be taken away',
    httpStatus: 409,
    meaning: 'Strategies trade on it.',
    cure: 'Move its strategies to another account, or delete them, first.',
  },
  squareoff_passed: {
    text: 'The new time of square-off has passed today',
    httpStatus: 409,
    meaning: 'Today it would be squared off neither at the old time nor at the new one.',
    cure: 'Say whether it is squared off now (`--yes`, `square_off_now`) or from the next session on (`--next-session`, `accept_passed`), or choose a later time.',
  },
  invalid_account: {
    text: 'The account cannot be saved',
    httpStatus: 400,
    meaning: 'A field of the account is wrong; each is named.',
    cure: 'Correct the fields that are named.',
  },
  unsupported_media_type: {
    text: 'The content type is not understood here',
    httpStatus: 415,
    meaning: 'The body came as something else than what the operation takes.',
    cure: 'Send JSON with content type application/json (mappings: text/csv, too).',
  },
  bad_csv: {
    text: 'This is no CSV with mappings',
    httpStatus: 400,
    meaning: 'The text cannot be read as CSV, or holds no line.',
    cure: 'Send lines of symbol,exchange,quantity,product, or a line of titles first.',
  },
  holds_position: {
    text: 'Something is still open',
    httpStatus: 409,
    meaning:
      'The strategy holds something, or is about to, and it was not said what is to become of it.',
    cure: 'Say it: exits only (`to: exits_only`, `--exits-only`), off (`off`, `--off`), or off and closed now (`close`, `--close-now`).',
  },
  orders_on_their_way: {
    text: 'Something is on its way and cannot be forgotten',
    httpStatus: 409,
    meaning:
      'An order that was sent, or may have been, can still fill: what is held there is not known yet.',
    cure: 'Wait until it is final, or say what became of it (`orders settle`). Keeping it for exits works at once.',
  },
  openalgo_unreachable: {
    text: 'OpenAlgo does not answer',
    httpStatus: 502,
    meaning: 'No answer came from the address of the account.',
    cure: 'Start OpenAlgo, check the address and the firewall between.',
  },
  not_openalgo: {
    text: 'The address does not answer like OpenAlgo',
    httpStatus: 400,
    meaning: 'Something else answers there.',
    cure: 'Give the address that the browser shows when OpenAlgo is open, without a path.',
  },
  wrong_key: {
    text: 'OpenAlgo refuses the key',
    httpStatus: 400,
    meaning: 'It is not the API key of that OpenAlgo.',
    cure: "Copy it again from OpenAlgo's API key page.",
  },
  confirmation_differs: {
    text: 'The sentence was not typed',
    httpStatus: 400,
    meaning: 'What reaches far is done only after its sentence was typed, word by word.',
    cure: 'Type the sentence that the text names.',
  },
  not_restored: {
    text: 'The database is at home: there is no restore to release',
    httpStatus: 409,
    meaning: 'It was not restored, or somebody has just released it.',
    cure: 'Nothing to do. `orderlane brakes` shows what else is stopped.',
  },
  not_stopped: {
    text: 'No kill switch is set there',
    httpStatus: 404,
    meaning: 'There is nothing to release.',
    cure: 'Look at the list of brakes.',
  },
  bad_decision: {
    text: 'Say either the number at the broker or that it was not placed',
    httpStatus: 400,
    meaning: 'What became of an order was said in two ways, or in none.',
    cure: 'Say one of the two.',
  },
  not_indeterminate: {
    text: 'There is nothing to decide about the order',
    httpStatus: 409,
    meaning: 'What became of the order is known.',
    cure: 'Nothing to do.',
  },
  broker_order_taken: {
    text: 'Another order has that number',
    httpStatus: 409,
    meaning: 'A number at the broker belongs to one order.',
    cure: "Look the number up in the broker's order book again.",
  },
  invalid_calendar_entry: {
    text: 'This is no entry of the calendar',
    httpStatus: 400,
    meaning: 'The date, an exchange or the hours are wrong; each is named.',
    cure: 'Write it as 2027-02-01 NSE,NFO 09:15-15:30, or with closed in place of the hours.',
  },
  calendar_overlap: {
    text: 'There is an entry of that exchange and date already',
    httpStatus: 409,
    meaning:
      'Of each exchange and date people enter one thing; nothing of the new entry was taken.',
    cure: 'Remove the entry that is there, then add the new one.',
  },
  unknown_calendar_entry: {
    text: 'There is no such entry of the calendar',
    httpStatus: 404,
    meaning:
      'Nobody entered anything there. What is built in, or from OpenAlgo, cannot be removed.',
    cure: 'Look at the list of the calendar; an entry of your own goes before the others.',
  },
} as const satisfies Record<string, RefusalEntry>;
