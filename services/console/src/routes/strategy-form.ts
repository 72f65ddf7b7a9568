import { z } from '@hono/zod-openapi';
import { listAccounts } from '@orderlane/db/accounts';
import { sourceLists } from '@orderlane/domain/allowed-sources';
import { defaultSquareOff } from '@orderlane/domain/default-square-off';
import { exchanges } from '@orderlane/domain/instrument';
import { normalHours } from '@orderlane/domain/market-sessions';
import { productsOf } from '@orderlane/domain/product-rules';
import {
  chartinkActions,
  platforms,
  positionScopes,
  tradingModes,
} from '@orderlane/domain/strategy';
import { isInReach } from '@orderlane/manage/manager';
import type { ConsoleContext } from '../http/console-env.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { managerOf } from '../http/manager.ts';
import { scopeQuestion } from '../schemas/strategy.ts';

/** What a form of a strategy offers. */
export const strategyForm = z
  .object({
    platforms: z.array(z.string()),
    trading_modes: z.array(z.string()),
    position_scopes: z.array(z.string()),
    chartink_actions: z.array(z.string()),
    source_lists: z.record(z.string(), z.array(z.string())),
    question: z.string().meta({ description: 'To be asked for `others_trade_here`.' }),
    exchanges: z.array(
      z.object({
        exchange: z.string(),
        products: z.array(z.string()),
        open: z.string(),
        close: z.string(),
        squareoff_time: z.string().meta({ description: 'The default to offer.' }),
      }),
    ),
    accounts: z.array(z.object({ id: z.number(), name: z.string() })),
  })
  .openapi('StrategyForm');

export async function describeForm({ db, now }: ManageDeps, context: ConsoleContext) {
  const today = now().toPlainDate();
  const manager = managerOf(db, context);
  const accounts = (await listAccounts(db)).filter(({ user_id }) => isInReach(manager, user_id));
  return {
    platforms: [...platforms],
    trading_modes: [...tradingModes],
    position_scopes: [...positionScopes],
    chartink_actions: [...chartinkActions],
    source_lists: Object.fromEntries(
      Object.entries(sourceLists).map(([name, addresses]) => [name, [...addresses]]),
    ),
    question: scopeQuestion,
    exchanges: exchanges.map((exchange) => ({
      exchange,
      products: [...productsOf(exchange)],
      ...normalHours(exchange, today),
      squareoff_time: defaultSquareOff(exchange, today),
    })),
    accounts: accounts.map(({ id, name }) => ({ id, name })),
  };
}
