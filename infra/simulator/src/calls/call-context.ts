import type { Account } from '../accounts/account.ts';
import type { Market } from '../books/execute.ts';
import type { PlacedOrder } from '../books/order.ts';
import type { FaultsTaken } from '../faults/fault-list.ts';
import type { BrokerFlavour } from '../live/flavour.ts';
import type { Instruments } from '../market/instruments.ts';
import type { OrderIds } from '../order-ids.ts';
import type { Data } from '../schema/load.ts';

/** What every endpoint works with. */
export interface World extends Market {
  readonly instruments: Instruments;
  readonly orderIds: OrderIds;
  readonly broker: BrokerFlavour;
  readonly features: Features;
}

/** What a newer OpenAlgo can do; a server is exchanged while its books stay. */
export interface Features {
  clientOrderIds: boolean;
}

/** One call on its way through an endpoint: who, what, and the faults that meet it. */
export interface CallContext {
  readonly account: Account;
  readonly data: Data;
  readonly faults: FaultsTaken;
  /** Told of every order the call makes. */
  readonly placed: (order: PlacedOrder) => void;
}
