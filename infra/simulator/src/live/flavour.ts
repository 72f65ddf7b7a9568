import { type Answer, failure, success } from '../answer.ts';

/** How one broker's adapter answers a smart order that needs no order; OpenAlgo's 36 adapters differ here. */
export interface BrokerFlavour {
  readonly name: string;
  /** Nothing held, nothing wanted, quantity 0. */
  readonly nothingToExit: Answer;
  /** The position is the target, and the quantity is not 0. */
  readonly matched: Answer;
  /** The position is the target and not 0, and the quantity is 0. */
  readonly matchedWithoutQuantity: Answer;
  /** Nothing held, nothing wanted, a quantity: all adapters but two open a trade. */
  readonly freshTrade: Answer | undefined;
}

const alreadyMatched = success({ message: 'Positions Already Matched. No Action needed.' });
const noOpenPosition = failure(500, 'No OpenPosition Found. Not placing Exit order.');

const common: Omit<BrokerFlavour, 'name'> = {
  nothingToExit: noOpenPosition,
  matched: alreadyMatched,
  matchedWithoutQuantity: noOpenPosition,
  freshTrade: undefined,
};

const lenient: Partial<BrokerFlavour> = {
  nothingToExit: alreadyMatched,
  matchedWithoutQuantity: alreadyMatched,
};

function alwaysError(message: string): Partial<BrokerFlavour> {
  const answer = failure(500, message);
  return { nothingToExit: answer, matched: answer, matchedWithoutQuantity: answer };
}

const special: ReadonlyMap<string, Partial<BrokerFlavour>> = new Map([
  ['arrow', lenient],
  ['hdfcsecurities', lenient],
  ['hdfcsky', lenient],
  ['zerodha', lenient],
  ['upstox', { nothingToExit: failure(500, 'No OpenPosition found. Not placing exit order.') }],
  [
    'definedge',
    {
      ...alwaysError('No position to square off'),
      freshTrade: failure(500, 'No position to square off'),
    },
  ],
  ['ibulls', alwaysError('Position already matches target size of 0')],
  ['tradejini', alwaysError('Failed to place smart order')],
  ['iiflcapital', { freshTrade: alreadyMatched }],
]);

/** The flavour of a broker by the name OpenAlgo's ping gives; most are alike. */
export function brokerFlavour(name: string): BrokerFlavour {
  return { ...common, ...special.get(name), name };
}
