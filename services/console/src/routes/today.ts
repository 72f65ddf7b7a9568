import { z } from '@hono/zod-openapi';
import { listAccounts } from '@orderlane/db/accounts';
import {
  countOrders,
  countSignals,
  listCallsByMinute,
  listLaneLoads,
  readLatencies,
} from '@orderlane/db/today';
import { lanes as laneKinds } from '@orderlane/domain/lane';
import { isInReach } from '@orderlane/manage/manager';
import { type DefaultRates, intervalsOf } from '@orderlane/queue/account-limits';
import { createApi, ok, route, success } from '../http/api.ts';
import type { ConsoleContext } from '../http/console-env.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { managerOf } from '../http/manager.ts';
import { instant } from '../schemas/common.ts';

const ms = z.number().nullable().meta({ description: 'Milliseconds; null: there were none.' });
const percentiles = z.object({ p50: ms, p95: ms, p99: ms });

const today = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/today',
    tags: ['orders'],
    summary: 'How the day goes',
    description:
      'Since midnight of Asia/Kolkata: what reached each strategy, what waits on each lane and how long it needs, and how long orders took.',
    responses: ok(
      z.object({
        date: z.string(),
        now: instant.meta({ description: 'The trading clock.' }),
        public_url: z.string().meta({ description: 'Where senders reach the ingress.' }),
        strategies: z.array(
          z.object({
            strategy_id: z.number(),
            signals: z.number(),
            refused: z.number(),
            orders: z.number(),
            filled: z.number(),
            last_signal_at: instant.nullable(),
          }),
        ),
        lanes: z.array(
          z.object({
            account_id: z.number(),
            account: z.string(),
            lane: z.enum(laneKinds),
            queued: z.number(),
            in_flight: z.number(),
            sent_last_minute: z.number(),
            interval_ms: z.number().meta({ description: 'Between two calls, at the least.' }),
            drains_in_s: z.number(),
          }),
        ),
        latency: z.object({ stored_to_sent: percentiles, sent_to_answered: percentiles }),
        calls_by_minute: z.array(z.object({ at: instant, calls: z.number() })),
      }),
      'The day so far.',
    ),
  },
);

export interface TodayDeps extends ManageDeps {
  /** ORDER_RATE_LIMIT, SMART_ORDER_RATE_LIMIT */
  rates: DefaultRates;
}

export function createTodayRoutes(deps: TodayDeps) {
  return createApi().openapi(today, async (context) => {
    const now = deps.now().withTimeZone('Asia/Kolkata');
    const { tenant } = managerOf(deps.db, context);
    const day = { tenant, since: new Date(now.startOfDay().epochMilliseconds) };
    const { storedToSent, sentToAnswered } = await readLatencies(deps.db, day);
    const minutes = await listCallsByMinute(deps.db, { tenant });
    const data = {
      date: now.toPlainDate().toString(),
      now: now.toString({ timeZoneName: 'never' }),
      public_url: deps.publicUrl,
      strategies: await countStrategies(deps, day),
      lanes: await listLanes(deps, context, day),
      latency: { stored_to_sent: storedToSent, sent_to_answered: sentToAnswered },
      calls_by_minute: minutes.map(({ at, calls }) => ({ at: at.toISOString(), calls })),
    };
    return context.json(success(data), 200);
  });
}

type Day = Parameters<typeof countSignals>[1];

async function countStrategies({ db }: TodayDeps, day: Day) {
  const orders = new Map((await countOrders(db, day)).map((row) => [row.strategyId, row]));
  const signals = new Map((await countSignals(db, day)).map((row) => [row.strategyId, row]));
  return [...new Set([...orders.keys(), ...signals.keys()])].map((id) => ({
    strategy_id: id,
    signals: signals.get(id)?.signals ?? 0,
    refused: signals.get(id)?.refused ?? 0,
    orders: orders.get(id)?.orders ?? 0,
    filled: orders.get(id)?.filled ?? 0,
    last_signal_at: signals.get(id)?.lastSignalAt.toISOString() ?? null,
  }));
}

/** Both lanes of every account, also those on which nothing happened. */
async function listLanes({ db, rates }: TodayDeps, context: ConsoleContext, day: Day) {
  const manager = managerOf(db, context);
  const accounts = (await listAccounts(db)).filter(({ user_id }) => isInReach(manager, user_id));
  const loads = await listLaneLoads(db, day);
  return accounts.flatMap((account) =>
    laneKinds.map((lane) => {
      const load = loads.find((one) => one.accountId === account.id && one.lane === lane);
      const interval_ms = intervalsOf(rates, account)[lane];
      const queued = load?.queued ?? 0;
      return {
        account_id: account.id,
        account: account.name,
        lane,
        queued,
        in_flight: load?.inFlight ?? 0,
        sent_last_minute: load?.sentLastMinute ?? 0,
        interval_ms,
        drains_in_s: Math.ceil((queued * interval_ms) / 1000),
      };
    }),
  );
}
