import type { Scenario } from './scenario.ts';
import { accept } from './scenarios/accept.ts';
import { accounts } from './scenarios/accounts.ts';
import { bare } from './scenarios/bare.ts';
import { burst } from './scenarios/burst.ts';
import { chartink } from './scenarios/chartink.ts';
import { footprint } from './scenarios/footprint.ts';
import { growth } from './scenarios/growth.ts';
import { mixed } from './scenarios/mixed.ts';
import { signalToOrder } from './scenarios/signal-to-order.ts';
import { squareOffRush } from './scenarios/square-off-rush.ts';

/** In their order: what is compared to a yardstick comes after it. */
export const scenarios: readonly Scenario[] = [
  bare,
  accept,
  signalToOrder,
  burst,
  mixed,
  chartink,
  growth,
  squareOffRush,
  accounts,
  footprint,
];
