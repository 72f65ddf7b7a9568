import { AccountList } from './accounts/account-list.ts';
import type { World } from './calls/call-context.ts';
import { CallLog } from './calls/call-log.ts';
import { createClock } from './clock.ts';
import { FaultList } from './faults/fault-list.ts';
import { Limiter } from './limits/limiter.ts';
import { brokerFlavour } from './live/flavour.ts';
import { Instruments } from './market/instruments.ts';
import { Quotes } from './market/quotes.ts';
import { defaultOptions, type SimulatorOptions } from './options.ts';
import { OrderIds } from './order-ids.ts';
import { createTimers } from './timers.ts';

/** The state of one simulator, without a socket. */
export interface Simulator extends World {
  readonly options: SimulatorOptions;
  readonly accounts: AccountList;
  readonly faults: FaultList;
  readonly calls: CallLog;
  readonly limiter: Limiter;
}

/** Makes a simulator; nothing listens yet. */
export function createSimulator(given: Partial<SimulatorOptions> = {}): Simulator {
  const options: SimulatorOptions = { ...defaultOptions, ...given };
  const clock = createClock(options.clock);
  return {
    options,
    accounts: new AccountList(options, clock),
    faults: new FaultList(),
    calls: new CallLog(),
    limiter: new Limiter(options.limits),
    clock,
    timers: createTimers(options.timeScale),
    quotes: new Quotes(),
    instruments: new Instruments({
      instruments: options.instruments,
      acceptUnknown: options.unknownSymbols === 'accepted',
    }),
    orderIds: new OrderIds(),
    broker: brokerFlavour(options.broker),
    features: { clientOrderIds: options.clientOrderIds },
  };
}
