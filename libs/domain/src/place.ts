import type { AccountId } from './ids.ts';
import { type Instrument, instrumentKey } from './instrument.ts';

/** An instrument on the account where something of it is held, or may come. */
export interface Place extends Instrument {
  accountId: AccountId;
}

/** Of something that names a place, the place alone. */
export function placeOnly({ accountId, exchange, symbol, product }: Place): Place {
  return { accountId, exchange, symbol, product };
}

/** One text for a place of a strategy: those on its own account are named by their instrument alone. */
export function heldKey(
  strategy: { accountId: AccountId | null },
  { accountId, ...instrument }: Instrument & { accountId: AccountId | null },
): string {
  const key = instrumentKey(instrument);
  return accountId === strategy.accountId ? key : `${accountId}:${key}`;
}
