import type { RefusalEntry } from './refusal-entry.ts';

/** Why a stored order did not become, or not yet become, what was asked: shown in its story. */
export const orderCodes = {
  expired: {
    text: 'The order was not sent in time',
    httpStatus: 200,
    meaning:
      'An entry waited longer than ENTRY_MAX_AGE, or an exit until the close of its session.',
    cure: 'Look for what held the lane: OpenAlgo away, a dead session, a paused account.',
  },
  superseded: {
    text: 'A newer order made this one void',
    httpStatus: 200,
    meaning: 'An exit, or a newer target, came before the order was sent.',
    cure: 'Nothing to do.',
  },
  cancelled: {
    text: 'The order was cancelled',
    httpStatus: 200,
    meaning: 'A person or a brake cancelled it before it was sent, or the broker cancelled it.',
    cure: 'Nothing to do, or look at what the broker says.',
  },
  rejected: {
    text: 'OpenAlgo or the broker rejected the order',
    httpStatus: 200,
    meaning: 'The order was sent and refused; the reason is kept word for word.',
    cure: 'Read the reason: funds, symbol, product, price band, market closed.',
  },
  no_action: {
    text: 'Nothing was to be done: the position is already as the order wants it',
    httpStatus: 200,
    meaning: 'OpenAlgo answered so; an exit is taken back until a position read confirms it.',
    cure: 'Nothing to do.',
  },
  awaiting_approval: {
    text: "The order waits for approval in OpenAlgo's Action Center",
    httpStatus: 200,
    meaning: 'The account is in semi-auto mode; nothing was sent to the broker.',
    cure: 'Approve or reject it in OpenAlgo, or set the account to auto.',
  },
  indeterminate: {
    text: 'It is not known whether the order reached the broker',
    httpStatus: 200,
    meaning: 'The answer was lost or cannot be judged. The order is never sent again by itself.',
    cure: 'It is settled from the order book; if that stays open, look at the broker and say what happened.',
  },
  absent: {
    text: 'The order is not in the order book: it was not placed',
    httpStatus: 200,
    meaning: 'Two clean reads of the order book, long enough after the send, do not show it.',
    cure: 'Look at the broker if in doubt. It is recorded should it turn up later.',
  },
  session_dead: {
    text: 'OpenAlgo has no broker session, or the API key is wrong',
    httpStatus: 200,
    meaning: 'OpenAlgo answers 403: the daily broker login is missing, or the key changed.',
    cure: 'Log in to the broker in OpenAlgo, or enter the new key. Waiting exits then go out.',
  },
  too_late: {
    text: 'The time to send ran out before anything was written',
    httpStatus: 200,
    meaning: 'The executor was too slow after the claim, and gave the order back.',
    cure: 'Nothing to do: it is tried again. If it happens often, the machine is overloaded.',
  },
  unknown_field: {
    text: 'OpenAlgo does not take an order id of ours',
    httpStatus: 200,
    meaning:
      'It refused the field client_order_id, which it took before: it was exchanged for an older one.',
    cure: 'Nothing to do: the order goes again without it at once, and so do all others from then on.',
  },
  given_back: {
    text: 'The executor gave the order back before it was sent',
    httpStatus: 200,
    meaning: 'It was stopped, or could not call; another attempt follows.',
    cure: 'Nothing to do.',
  },
  not_placed: {
    text: 'A person said that the order was not placed',
    httpStatus: 200,
    meaning:
      'Its fate was not known, and somebody looked at the broker. It is not sent again, whatever its executor still finds out.',
    cure: 'Nothing to do. If it turns up in the order book all the same, it is followed.',
  },
  lease_lost: {
    text: 'The executor vanished while it sent the order',
    httpStatus: 200,
    meaning: 'Its lease ran out with the call under way: the order is indeterminate.',
    cure: 'It is settled from the order book; if that stays open, look at the broker and say what happened.',
  },
  end_unseen: {
    text: 'No book showed what became of an order that was accepted',
    httpStatus: 200,
    meaning:
      'Its day is over, and the books of today do not show it: nobody read the books of its day to the end. It may have filled, and counts as not filled.',
    cure: 'Look at the broker. If it filled, say what the strategy holds: `orderlane positions set`.',
  },
  unreachable: {
    text: 'OpenAlgo cannot be reached',
    httpStatus: 200,
    meaning:
      'The connection fails before anything is sent; it is tried again until the order expires.',
    cure: 'Start OpenAlgo, check its address.',
  },
  exit_unknown: {
    text: 'It is not known whether a closing order reached the broker',
    httpStatus: 200,
    meaning: 'An exit is indeterminate; no other is sent for the same quantity.',
    cure: 'Look at the position at the broker now and say what happened.',
  },
  mode_changed: {
    text: 'The analyzer was switched since the entry',
    httpStatus: 200,
    meaning: 'The position was built in the other mode (live, analyze): nothing is sent.',
    cure: 'Switch the analyzer back, or close the position by hand.',
  },
  exit_stuck: {
    text: 'A position could not be closed in several tries',
    httpStatus: 200,
    meaning:
      'The closing order was rejected with the same words twice, or three orders rested, were rejected or vanished.',
    cure: 'Read the reason and look at the broker; it is tried again every 20 seconds until the session closes. Close it by hand if that is quicker: Orderlane notices.',
  },
  exit_unverified: {
    text: 'It could not be shown yet that a position is closed',
    httpStatus: 200,
    meaning:
      'For a minute no clean position book or trade book showed it flat: books that are empty or cannot be read prove nothing.',
    cure: 'Look at the position at the broker. Orderlane keeps looking until the session closes.',
  },
  exit_failed: {
    text: 'A position was not shown to be closed before its session closed',
    httpStatus: 200,
    meaning:
      'The work of closing it ended without proof; the text says what is still open, and which orders may still rest at the broker.',
    cure: 'Look at the broker now: cancel what still rests there, then close what is open, or expect it to be carried over or closed at a charge.',
  },
  closed_outside: {
    text: 'A position was closed by somebody else',
    httpStatus: 200,
    meaning:
      'The account holds less of it than the strategy bought or sold: a person, the broker or another program closed it.',
    cure: 'Nothing to do if it was you; the strategy counts from what is left.',
  },
  late_fill: {
    text: 'An entry filled after the exit that came after it was done',
    httpStatus: 200,
    meaning:
      'It had been given up as absent, or its fill was shown late. What it left is closed, unless newer entries are in the position too.',
    cure: 'Look at the position at the broker and in positions list.',
  },
  exit_overfilled: {
    text: 'An exit filled more than was left to close',
    httpStatus: 200,
    meaning:
      'It had been given up as absent, another exit closed the position, and then it filled all the same: the strategy now holds the other side. Nothing but a square-off or a flatten trades it back by itself.',
    cure: 'Look at what is open at the broker, then close it, or have it closed: `orderlane exit`.',
  },
  position_drift: {
    text: 'The account holds less than its strategies own',
    httpStatus: 200,
    meaning:
      'Two reads of the books show it: a person, the broker or another program closed a part, or all of it.',
    cure: 'Look at the broker, then say what is right with positions set. An exit never sells more than the account shows.',
  },
  position_day_end: {
    text: 'An intraday position of an earlier day was still open in the books of Orderlane',
    httpStatus: 200,
    meaning:
      'Brokers close intraday positions at the end of the day, or turn them into a delivery.',
    cure: 'Look at the broker. What became a delivery is yours to sell.',
  },
  position_expired: {
    text: 'A contract expired with a position in it',
    httpStatus: 200,
    meaning: 'The exchange has settled it; the strategy owns nothing of it any more.',
    cure: 'Look at the settlement at the broker. Map the next contract.',
  },
  exit_expired: {
    text: 'An exit was not sent before it expired',
    httpStatus: 200,
    meaning: 'The session closed, or ten minutes passed outside of a session.',
    cure: 'Close the position by hand if it is still open.',
  },
  square_off_missed: {
    text: 'A square-off was missed',
    httpStatus: 200,
    meaning: 'Nothing ran at its time and the session is closed.',
    cure: 'Look at what is open; the broker may have closed it at a charge.',
  },
  square_off_late: {
    text: 'A square-off began late',
    httpStatus: 200,
    meaning: 'Nothing could run at its time; it was made up for while the session is open.',
    cure: 'Look for what was away: the scheduler, Postgres. Look at what is open.',
  },
  square_off_at_risk: {
    text: 'A square-off that is due soon has something in its way',
    httpStatus: 200,
    meaning:
      'Some minutes before its time (SQUARE_OFF_PREFLIGHT_MS) it was looked whether it could be done now; the text names what stands in its way.',
    cure: 'Mend what is named while there is time, or close the positions by hand. `square-off preview` shows whether it is mended; `exit` closes before the time.',
  },
  square_off_short: {
    text: 'The exits of a square-off need longer than its session lasts',
    httpStatus: 200,
    meaning: 'By the rates of the account the last exit would be sent after its market has closed.',
    cure: 'Choose an earlier time of square-off, or let the broker raise the rate.',
  },
  books_unread: {
    text: 'Order and trade book could not be read for some time',
    httpStatus: 200,
    meaning:
      'For three minutes no read of them was clean: what was sent is not seen to fill, so that nothing can be proved closed.',
    cure: 'Look at OpenAlgo and its broker session.',
  },
  closing_auction: {
    text: 'Exits of a square-off are held for the closing auction',
    httpStatus: 200,
    meaning:
      'They are due when the continuous trading of their stock has ended: they are sent when the auction takes orders, and fill at its end at its price.',
    cure: 'Choose a time of square-off before 15:15, or leave it at that and name the code in ALERTS_NOT.',
  },
  positions_unread: {
    text: 'The position book could not be read at the square-off',
    httpStatus: 200,
    meaning:
      'What the strategy traded is being closed; mapped symbols that it did not trade wait for a clean read.',
    cure: 'Look at OpenAlgo and its broker session, and at what is open.',
  },
  constant_signal_id: {
    text: 'The sender gives every signal the same id',
    httpStatus: 200,
    meaning:
      'A key came again after other signals of the symbol: it is taken as a constant, the signal is queued.',
    cure: 'Make signal_id unique, for example {{ticker}}-{{strategy.order.action}}-{{timenow}}.',
  },
} as const satisfies Record<string, RefusalEntry>;
