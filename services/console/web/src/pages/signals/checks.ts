import type { SignalStory } from '../../api/types.ts';

/** What a signal goes through, in this order, with the refusals that each can end in. */
const steps: readonly { name: string; codes: readonly string[] }[] = [
  {
    name: 'It arrived whole, from somebody who may send it',
    codes: [
      ...['rate_limited', 'body_too_large', 'body_incomplete', 'waited_too_long'],
      ...['source_not_allowed', 'wrong_secret'],
    ],
  },
  { name: 'The strategy is on', codes: ['strategy_inactive'] },
  {
    name: 'The message can be read',
    codes: [
      'malformed_body',
      'no_data',
      'bad_field',
      'bad_number',
      'no_symbols',
      'too_many_stocks',
    ],
  },
  {
    name: 'The time is within its window',
    codes: [
      ...['entry_before_start_time', 'entry_after_end_time'],
      ...['exit_before_start_time', 'exit_after_squareoff_time'],
    ],
  },
  {
    name: 'It says what to do',
    codes: ['missing_fields', 'invalid_action', 'no_action_keyword', 'ambiguous_action'],
  },
  {
    name: 'The symbol is mapped, on an account',
    codes: ['no_symbol_mappings', 'no_mapping', 'missing_account'],
  },
  {
    name: 'There is something to do, with what is held',
    codes: ['already_at_target', 'follows_other_side', 'nothing_to_exit', 'exit_already_coming'],
  },
  {
    name: 'Calendar, quantity, limits and brakes allow it',
    codes: [
      ...['missing_quantity', 'quantity_above_limit', 'product_no_short', 'market_closed'],
      ...['contract_expired', 'not_a_trading_day', 'entered_today', 'squared_off_today'],
      ...['already_in_position', 'entries_stopped', 'entries_off', 'halted', 'flattening'],
      ...['account_paused', 'trading_off'],
    ],
  },
  { name: 'It repeats no earlier signal', codes: ['duplicate_signal'] },
  { name: 'Entries of the day are left', codes: ['max_orders_per_day'] },
];

export interface Check {
  name: string;
  state: 'passed' | 'refused' | 'partly' | 'not reached';
  /** Why, where it was not passed. */
  why: string[];
}

type Judged = Pick<SignalStory, 'verdict' | 'code' | 'refused' | 'orders'>;

/** Each check of a signal with its verdict; empty where it ended in something that is no check. */
export function checksOf(signal: Judged): Check[] {
  const refused = refusalsOf(signal);
  const endedAt = steps.map(({ codes }) => refused.filter(({ code }) => codes.includes(code)));
  const first = endedAt.findIndex(({ length }) => length > 0);
  if (first < 0 && refused.length > 0) return [];
  const isPartly = signal.orders.length > 0;
  return steps.map(({ name }, index) => {
    const here = endedAt[index] ?? [];
    const why = here.map(({ symbol, error }) => (symbol === null ? error : `${symbol}: ${error}`));
    if (here.length > 0) return { name, why, state: isPartly ? 'partly' : 'refused' };
    const isReached = first < 0 || index < first || isPartly;
    return { name, why, state: isReached ? 'passed' : 'not reached' };
  });
}

function refusalsOf({ verdict, code, refused }: Judged): SignalStory['refused'] {
  if (refused.length > 0) return refused;
  if (verdict === 'duplicate') {
    return [{ symbol: null, code: 'duplicate_signal', error: 'An earlier signal says the same' }];
  }
  return code === null ? [] : [{ symbol: null, code, error: code.replaceAll('_', ' ') }];
}
