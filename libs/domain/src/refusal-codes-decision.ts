import type { RefusalEntry } from './refusal-entry.ts';

const waitForWindow = "Nothing to do, or change the strategy's trading window.";

/** Given when a signal is checked against its strategy. */
export const decisionCodes = {
  missing_fields: {
    text: 'Missing required fields: symbol, action',
    httpStatus: 400,
    meaning: 'The body lacks a field that every signal, or every signal of a BOTH strategy, needs.',
    cure: 'Add the fields that the text names to the alert message.',
  },
  bad_number: {
    text: 'A number is not a whole number',
    httpStatus: 400,
    meaning:
      'position_size or quantity is no whole number, or beyond a thousand million, or a quantity is not above zero.',
    cure: 'Send whole numbers, as a number or as text: 10, "10" and "10.0" are the same.',
  },
  bad_field: {
    text: 'A field has the wrong type',
    httpStatus: 400,
    meaning: 'A field that should be text is an object, an array or a boolean, or is far too long.',
    cure: 'Send texts and numbers only.',
  },
  invalid_action: {
    text: 'Invalid action. Use BUY or SELL',
    httpStatus: 400,
    meaning: "The action is no word that the strategy's trading mode knows.",
    cure: 'Send BUY or SELL; a SHORT strategy also takes SHORT and COVER.',
  },
  entry_before_start_time: {
    text: 'Entry orders not allowed before start time',
    httpStatus: 400,
    meaning: "An entry came before the strategy's start time.",
    cure: waitForWindow,
  },
  entry_after_end_time: {
    text: 'Entry orders not allowed after end time',
    httpStatus: 400,
    meaning: "An entry came after the minute of the strategy's end time.",
    cure: waitForWindow,
  },
  exit_before_start_time: {
    text: 'Exit orders not allowed before start time',
    httpStatus: 400,
    meaning:
      "An exit came before the strategy's start time, and the strategy holds nothing in the symbol.",
    cure: waitForWindow,
  },
  exit_after_squareoff_time: {
    text: 'Exit orders not allowed after square off time',
    httpStatus: 400,
    meaning:
      'An exit came after the minute of the square-off, and the strategy holds nothing in the symbol.',
    cure: waitForWindow,
  },
  no_action_keyword: {
    text: 'No valid action keyword (BUY/SELL/SHORT/COVER) found in scan name',
    httpStatus: 400,
    meaning:
      "A ChartInk scan's name holds none of BUY, SELL, SHORT, COVER as a whole word; `short term` and `short covering` do not count.",
    cure: "Put exactly one of the words into the scan's name, or state the action on the strategy's form.",
  },
  ambiguous_action: {
    text: 'More than one action keyword found in scan name',
    httpStatus: 400,
    meaning:
      "A ChartInk scan's name can be read in two ways: two of the words, or one that OpenAlgo would have read inside another word.",
    cure: "Put exactly one of BUY, SELL, SHORT, COVER into the scan's name, or state the action on the strategy's form.",
  },
  no_symbols: {
    text: 'No symbols received',
    httpStatus: 400,
    meaning: "A ChartInk call's list of stocks is empty.",
    cure: 'Nothing to do: the scan found no stock.',
  },
  too_many_stocks: {
    text: 'More than 1000 stocks in one call',
    httpStatus: 400,
    meaning: 'A ChartInk call names more stocks than one call may queue.',
    cure: 'Narrow the scan.',
  },
  no_symbol_mappings: {
    text: 'No symbol mappings configured',
    httpStatus: 400,
    meaning: 'A ChartInk call reached a strategy without mappings.',
    cure: 'Add mappings to the strategy; `*` takes every symbol.',
  },
  no_mapping: {
    text: 'No mapping found for symbol {symbol}',
    httpStatus: 400,
    meaning: 'The strategy has no mapping for the symbol, and none for `*`.',
    cure: 'Add a mapping for the symbol as the sender writes it.',
  },
  missing_account: {
    text: 'No API key found',
    httpStatus: 401,
    meaning: 'The strategy has no OpenAlgo account.',
    cure: 'Add an account with its API key and choose it on the strategy.',
  },
  missing_quantity: {
    text: 'No quantity: the mapping for symbol {symbol} has none and the signal brought none',
    httpStatus: 400,
    meaning: 'Neither the mapping nor the signal says how much to trade.',
    cure: 'Set a quantity on the mapping, or send `quantity`.',
  },
  quantity_above_limit: {
    text: "The quantity for symbol {symbol} is above the strategy's limit",
    httpStatus: 400,
    meaning:
      "The quantity or target is above the strategy's max_quantity (ten times the mapping's quantity where none is set).",
    cure: 'Check what the sender computes; raise max_quantity if it is right.',
  },
  product_no_short: {
    text: 'CNC knows no shorts and no targets: symbol {symbol} can only be bought and sold again',
    httpStatus: 400,
    meaning: 'A short, or the target of a BOTH strategy, was asked of a CNC mapping.',
    cure: 'Use MIS for shorts, or a LONG strategy for CNC.',
  },
  market_closed: {
    text: 'The market is closed: no entries of intraday strategies',
    httpStatus: 400,
    meaning: 'A weekend, a holiday, or outside the hours of a special session.',
    cure: 'Nothing to do. If the calendar is wrong, correct it: `orderlane calendar add`.',
  },
  contract_expired: {
    text: 'The contract {symbol} has expired',
    httpStatus: 400,
    meaning:
      'An entry was asked for in a future or option whose expiry, as its symbol says it, is over. OpenAlgo writes it as day, month and year: NIFTY28OCT25FUT.',
    cure: 'Map the signal to the next contract. Do so before each expiry.',
  },
  not_a_trading_day: {
    text: 'The strategy takes no entries on this day of the week',
    httpStatus: 400,
    meaning: "An entry came on a day that is not among the strategy's trading_days.",
    cure: "Nothing to do, or change the strategy's trading days.",
  },
  entered_today: {
    text: 'Symbol {symbol} was entered today already',
    httpStatus: 200,
    meaning: 'The strategy takes one entry for each symbol and day (once_a_day).',
    cure: 'Nothing to do, or turn once_a_day off.',
  },
  squared_off_today: {
    text: "Entry orders not allowed after today's square off began",
    httpStatus: 400,
    meaning: 'The strategy is being squared off, or was, in this session.',
    cure: 'Nothing to do until the next session.',
  },
  max_orders_per_day: {
    text: "The strategy's entries of today are used up",
    httpStatus: 400,
    meaning: 'max_orders_per_day entries were queued today. Exits are not counted.',
    cure: 'Check why the sender asks so often; raise max_orders_per_day if it is right.',
  },
  already_in_position: {
    text: 'Already in position in {symbol}',
    httpStatus: 200,
    meaning:
      'The strategy already holds or awaits as many entries in that direction as max_entries allows (one for ChartInk and Amibroker).',
    cure: 'Nothing to do: the scan repeated itself. Raise max_entries to add to positions.',
  },
  already_at_target: {
    text: 'Position in {symbol} is already at the target',
    httpStatus: 200,
    meaning: 'What is held and on its way is the position that the signal asks for, or beyond it.',
    cure: 'Nothing to do.',
  },
  follows_other_side: {
    text: "The sender's position in {symbol} is flat or on the other side: nothing to enter",
    httpStatus: 200,
    meaning:
      "position_size says that the sender's strategy is flat or on the side that this strategy does not trade.",
    cure: 'Nothing to do. Use a BOTH strategy to trade both sides.',
  },
  nothing_to_exit: {
    text: 'Nothing to exit in {symbol}',
    httpStatus: 200,
    meaning: 'The strategy holds nothing there, or only the other side.',
    cure: 'Nothing to do.',
  },
  exit_already_coming: {
    text: 'An exit of everything in {symbol} is already on its way',
    httpStatus: 200,
    meaning: 'Orders that are not final yet already close all that the strategy holds.',
    cure: 'Nothing to do.',
  },
  entries_stopped: {
    text: 'Entries are stopped',
    httpStatus: 400,
    meaning: 'The kill switch stops entries, of everything, of the account or of the strategy.',
    cure: 'Release the kill switch when you mean to trade again.',
  },
  entries_off: {
    text: 'The strategy takes exits only',
    httpStatus: 400,
    meaning:
      'Its owner turned entries off, or deleted it while it held something: exits pass until that is closed.',
    cure: 'Turn the strategy on again when you mean to trade.',
  },
  halted: {
    text: 'Trading is halted',
    httpStatus: 400,
    meaning: 'The kill switch halts everything, the account or the strategy. Exits are kept.',
    cure: 'Release the kill switch; kept exits go out then.',
  },
  database_restored: {
    text: 'The database was restored from a backup: trading is halted',
    httpStatus: 400,
    meaning:
      'It is not where it last traded: restored, copied, or a standby that was promoted. What was queued in it is not sent; what happened since the backup, it does not know. Exits that come are kept.',
    cure: '`orderlane restore` shows what to look at; compare with the broker, then `orderlane restore release`.',
  },
  flattening: {
    text: 'Trading is being flattened: no entries',
    httpStatus: 400,
    meaning:
      'The kill switch of everything, the account or the strategy is set to flatten: queued entries were cancelled.',
    cure: 'Release the kill switch when you mean to trade again.',
  },
  account_paused: {
    text: 'The account is paused',
    httpStatus: 400,
    meaning: 'A person paused the account. Exits are kept.',
    cure: 'Resume the account; kept exits go out then.',
  },
  trading_off: {
    text: 'Trading is off for this account',
    httpStatus: 400,
    meaning: 'A new account in live mode trades only after its owner said so.',
    cure: 'Turn trading on for the account, on its page or with the command line.',
  },
} as const satisfies Record<string, RefusalEntry>;
