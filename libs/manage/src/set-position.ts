import { findAccount } from '@orderlane/db/accounts';
import { type PositionToSet, setPosition } from '@orderlane/db/positions';
import { exchanges, type Instrument, products } from '@orderlane/domain/instrument';
import type { TradingModeSeen } from '@orderlane/domain/outcome';
import { productsOf } from '@orderlane/domain/product-rules';
import type { Strategy } from '@orderlane/domain/strategy';
import { ManageError } from './manage-error.ts';
import type { Manager } from './manager.ts';
import { recordChange } from './record-change.ts';

export interface AskedPosition {
  strategy: Strategy;
  /** `NSE:SBIN:MIS` */
  instrument: string;
  /** Signed whole shares, as somebody wrote it. */
  own: string;
  /** The account's present mode when left out. */
  mode: TradingModeSeen | undefined;
}

export interface SetPosition extends PositionToSet {
  before: number;
}

/** More than this is a slip of the finger. */
const mostShares = 100_000_000;

/**
 * Says what a strategy owns of an instrument, where that is known better by hand: a trade that was
 * made outside, shares that are handed over. Nothing is ordered.
 * @throws ManageError invalid_position, missing_account
 */
export async function setOwnPosition(manager: Manager, asked: AskedPosition): Promise<SetPosition> {
  const instrument = parseInstrument(asked.instrument);
  const own = parseOwn(asked.own, instrument);
  const { id: strategyId, accountId } = asked.strategy;
  const account = accountId === null ? undefined : await findAccount(manager.db, accountId);
  if (account === undefined) throw new ManageError('missing_account');
  const mode = asked.mode ?? account.mode ?? 'live';
  const position = { ...instrument, strategyId, accountId: account.id, mode, own };
  const before = await setPosition(manager.db, position);
  await recordChange(manager, {
    what: 'position.set',
    subject: `strategy ${strategyId} ${asked.instrument.trim().toUpperCase()} ${mode}`,
    before: { own: before },
    after: { own },
  });
  return { ...position, before };
}

function parseInstrument(text: string): Instrument {
  const [exchangeText, symbol = '', productText, ...rest] = text.trim().toUpperCase().split(':');
  const exchange = exchanges.find((each) => each === exchangeText);
  const product = products.find((each) => each === productText);
  if (exchange === undefined || product === undefined || symbol === '' || rest.length > 0) {
    throw invalid(`"${text}" is no instrument: write it as NSE:SBIN:MIS`);
  }
  if (!productsOf(exchange).includes(product)) throw invalid(`${exchange} knows no ${product}`);
  return { exchange, symbol, product };
}

function parseOwn(text: string, { product }: Instrument): number {
  const own = /^[+-]?\d{1,12}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
  if (!(Math.abs(own) <= mostShares)) {
    throw invalid(`"${text}" is no position: a whole number of shares, negative where it is short`);
  }
  if (product === 'CNC' && own < 0) throw invalid('CNC shares cannot be held short');
  return own + 0;
}

function invalid(text: string): ManageError {
  return new ManageError('invalid_position', text);
}
