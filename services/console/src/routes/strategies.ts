import { z } from '@hono/zod-openapi';
import { listAccounts } from '@orderlane/db/accounts';
import { listStrategies } from '@orderlane/db/strategies';
import type { Strategy } from '@orderlane/domain/strategy';
import { mayAccess } from '@orderlane/domain/user-role';
import { createStrategy } from '@orderlane/manage/create-strategy';
import { editStrategy, type StrategyEdit } from '@orderlane/manage/edit-strategy';
import { getAccount, getStrategy } from '@orderlane/manage/find-owned';
import { isInReach } from '@orderlane/manage/manager';
import { callerOf } from '../http/access.ts';
import { createApi, ok, route, success } from '../http/api.ts';
import type { ConsoleContext } from '../http/console-env.ts';
import { jsonBody } from '../http/json-body.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction, managerOf } from '../http/manager.ts';
import { heldOutcome, strategyParams as params, warnings } from '../schemas/common.ts';
import {
  listedStrategy,
  newStrategyForm,
  strategy,
  strategyEdit,
  tradedStrategy,
} from '../schemas/strategy.ts';
import {
  showOutcome,
  showStrategy,
  showWarnings,
  withoutWebhook,
} from '../schemas/strategy-data.ts';
import { toChanges, toNewStrategy } from '../schemas/to-settings.ts';
import { describeForm, strategyForm } from './strategy-form.ts';

const tags = ['strategies'];
const saved = tradedStrategy.extend({ warnings });
const saveErrors = ['invalid_strategy', 'strategy_exists', 'position_shared'] as const;

const list = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/strategy',
    tags,
    summary: 'All strategies',
    description:
      'Those of the own tenant, an administrator sees all. Without their webhooks, which are secrets.',
    responses: ok(z.array(listedStrategy), 'The strategies.'),
  },
);

const form = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/strategy/new',
    tags,
    summary: 'What a new strategy may be',
    description:
      'The choices of the form, the hours of each exchange and the time of square-off to offer.',
    responses: ok(strategyForm, 'The choices.'),
  },
);

const create = route(
  { access: 'trade', errors: [...saveErrors, 'unknown_account'] },
  {
    method: 'post',
    path: '/strategy/new',
    tags,
    summary: 'Make a strategy',
    description:
      'It is active at once, and trades nothing before it has mappings. The answer holds the address of its webhook.',
    request: jsonBody(newStrategyForm),
    responses: ok(saved, 'The new strategy.'),
  },
);

const show = route(
  { access: 'read', errors: ['unknown_strategy'] },
  {
    method: 'get',
    path: '/strategy/{id}',
    tags,
    summary: 'One strategy',
    description:
      'With the message to paste into the alert, its mappings, and, for those who may trade, its webhook.',
    request: { params },
    responses: ok(strategy, 'The strategy.'),
  },
);

const editForm = route(
  { access: 'read', errors: ['unknown_strategy'] },
  {
    method: 'get',
    path: '/strategy/{id}/edit',
    tags,
    summary: 'What a strategy is and may be',
    description:
      'The strategy as it stands, its webhook for those who may trade, and the choices of the form.',
    request: { params },
    responses: ok(z.object({ strategy, form: strategyForm }), 'The strategy and the choices.'),
  },
);

const edit = route(
  {
    access: 'trade',
    errors: [
      ...saveErrors,
      'unknown_strategy',
      'unknown_account',
      'orders_on_their_way',
      'squareoff_passed',
    ],
  },
  {
    method: 'post',
    path: '/strategy/{id}/edit',
    tags,
    summary: 'Change a strategy',
    description:
      'What is not sent stays. Each replica of the ingress decides by the change from its commit on.',
    request: { params, ...jsonBody(strategyEdit) },
    responses: ok(
      saved.extend({ ...heldOutcome, squares_off_now: z.boolean() }),
      'The strategy, and what became of what it holds.',
    ),
  },
);

export function createStrategyRoutes(deps: ManageDeps) {
  const { db } = deps;
  return createApi()
    .openapi(list, async (context) => context.json(success(await listOwn(deps, context)), 200))
    .openapi(form, async (context) => {
      return context.json(success(await describeForm(deps, context)), 200);
    })
    .openapi(create, async (context) => {
      const given = context.req.valid('json');
      const made = await inTransaction(db, context, async (manager) => {
        const account = await getAccount(manager, given.account_id);
        const wanted = { account, draft: toNewStrategy(given), today: deps.now().toPlainDate() };
        return await createStrategy(manager, wanted);
      });
      return context.json(success(await showSaved(deps, made)), 200);
    })
    .openapi(show, async (context) => {
      const { id } = context.req.valid('param');
      const found = await getStrategy(managerOf(db, context), id);
      return context.json(success(await showTo(deps, context, found)), 200);
    })
    .openapi(editForm, async (context) => {
      const { id } = context.req.valid('param');
      const found = await getStrategy(managerOf(db, context), id);
      const choices = await describeForm(deps, context);
      const shown = { strategy: await showTo(deps, context, found), form: choices };
      return context.json(success(shown), 200);
    })
    .openapi(edit, async (context) => {
      const given = context.req.valid('json');
      const { id: strategyId } = context.req.valid('param');
      const asked = { choice: given.held, now: deps.now() };
      const changed = await inTransaction(db, context, async (manager) => {
        const wanted = { strategyId, changes: toChanges(given), asked, passed: passedOf(given) };
        return await editStrategy(manager, wanted);
      });
      deps.lanes.wake(changed.closings.orders);
      const shown = { ...(await showSaved(deps, changed)), ...showOutcome(changed) };
      return context.json(success({ ...shown, squares_off_now: changed.squaresOffNow }), 200);
    });
}

/** The webhook only to those who may trade with it. */
async function showTo(deps: ManageDeps, context: ConsoleContext, found: Strategy) {
  const shown = await showStrategy(deps, found);
  return mayAccess('trade', callerOf(context)) ? shown : withoutWebhook(shown);
}

/** A person's word on a time of square-off that has passed today. */
function passedOf(given: z.output<typeof strategyEdit>): StrategyEdit['passed'] {
  if (given.square_off_now) return 'now';
  return given.accept_passed ? 'next_session' : undefined;
}

async function showSaved(
  deps: ManageDeps,
  { strategy: found, warnings: doubts }: Awaited<ReturnType<typeof createStrategy>>,
) {
  return { ...(await showStrategy(deps, found)), warnings: showWarnings(doubts) };
}

async function listOwn({ db }: ManageDeps, context: ConsoleContext) {
  const manager = managerOf(db, context);
  const names = new Map((await listAccounts(db)).map(({ id, name }) => [id, name]));
  const rows = (await listStrategies(db)).filter(({ user_id }) => isInReach(manager, user_id));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    account_id: row.account_id,
    account: row.account_id === null ? null : (names.get(row.account_id) ?? null),
    owner: row.user_id,
    platform: row.platform,
    trading_mode: row.trading_mode,
    is_active: row.is_active,
    exits_only: row.exits_only,
    delete_when_flat: row.delete_when_flat,
    is_intraday: row.is_intraday,
    start_time: row.start_time,
    end_time: row.end_time,
    squareoff_time: row.squareoff_time,
    position_scope: row.position_scope,
    created_at: row.created_at,
  }));
}
