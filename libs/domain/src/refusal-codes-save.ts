import type { RefusalEntry } from './refusal-entry.ts';

/** Given when a person saves a strategy, a mapping or an account. */
export const saveCodes = {
  invalid_strategy: {
    text: 'The strategy cannot be saved',
    httpStatus: 400,
    meaning: 'A field of the strategy is wrong; each is named.',
    cure: 'Correct the fields that are named.',
  },
  invalid_mapping: {
    text: 'The mapping cannot be saved',
    httpStatus: 400,
    meaning: 'A field of the mapping is wrong; each is named.',
    cure: 'Correct the fields that are named.',
  },
  mapping_exists: {
    text: 'The strategy already has a mapping for symbol {symbol}',
    httpStatus: 409,
    meaning: 'A signal symbol is mapped once per strategy.',
    cure: 'Change the mapping that is there.',
  },
  invalid_position: {
    text: 'The position cannot be set',
    httpStatus: 400,
    meaning: 'The instrument or the number of shares makes no sense.',
    cure: 'Write the instrument as NSE:SBIN:MIS and a whole number of shares, negative where it is short.',
  },
  position_shared: {
    text: 'Another active strategy of the account trades the same instrument',
    httpStatus: 409,
    meaning:
      'Two active strategies share a position: allowed only if both have position scope strategy and the same direction.',
    cure: 'Set the position scope of both to strategy, or use another product or account, or switch one off.',
  },
} as const satisfies Record<string, RefusalEntry>;
