import { z } from '@hono/zod-openapi';
import { listAccounts } from '@orderlane/db/accounts';
import { listStrategiesOn } from '@orderlane/db/change-accounts';
import { liveSentence } from '@orderlane/manage/change-account';

import { getAccount } from '@orderlane/manage/find-owned';
import { isInReach } from '@orderlane/manage/manager';
import { removeAccount } from '@orderlane/manage/remove-account';
import { createApi, ok, route, success } from '../http/api.ts';
import { jsonBody } from '../http/json-body.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction, managerOf } from '../http/manager.ts';
import {
  account,
  accountEdit,
  egressNote,
  newAccountForm,
  probe,
  showAccount,
} from '../schemas/account.ts';
import { held, heldOutcome, accountParams as params, warnings } from '../schemas/common.ts';
import { showOutcome } from '../schemas/strategy-data.ts';
import { addOwnAccount, changeAccount, doubtRates } from './save-account.ts';

const tags = ['accounts'];
const probed = account.extend(probe.shape).extend({ warnings });
const probeErrors = [
  'openalgo_unreachable',
  'not_openalgo',
  'wrong_key',
  'key_unreadable',
] as const;

const list = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/accounts',
    tags,
    summary: 'All accounts',
    description: 'The OpenAlgo instances that orders go to; an administrator sees all.',
    responses: ok(z.array(account), 'The accounts.'),
  },
);

const form = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/accounts/new',
    tags,
    summary: 'What a new account may be',
    description: 'The address to offer (HOST_SERVER) and what its owner should know.',
    responses: ok(
      z.object({ base_url: z.string().nullable(), egress: z.string() }),
      'What to offer.',
    ),
  },
);

const create = route(
  { access: 'trade', errors: ['invalid_account', 'account_exists', ...probeErrors] },
  {
    method: 'post',
    path: '/accounts/new',
    tags,
    summary: 'Add an account',
    description:
      'Its OpenAlgo is asked whether it takes the key. A live account sends nothing before `trading-on`.',
    request: jsonBody(newAccountForm),
    responses: ok(probed, 'The account, and how its OpenAlgo answered.'),
  },
);

const show = route(
  { access: 'read', errors: ['unknown_account'] },
  {
    method: 'get',
    path: '/accounts/{id}',
    tags,
    summary: 'One account',
    description: 'With mode, broker session, and what stands between it and its first live order.',
    request: { params },
    responses: ok(
      account.extend({
        strategies: z.array(z.string()),
        live_sentence: z.string().nullable().meta({
          description: 'To be typed at `trading-on`; null: nothing is to be said.',
        }),
        egress: z.string(),
      }),
      'The account.',
    ),
  },
);

const editForm = route(
  { access: 'read', errors: ['unknown_account'] },
  {
    method: 'get',
    path: '/accounts/{id}/edit',
    tags,
    summary: 'What may be changed of an account',
    description: 'The account as it stands.',
    request: { params },
    responses: ok(account, 'The account.'),
  },
);

const edit = route(
  {
    access: 'trade',
    errors: [
      'unknown_account',
      'invalid_account',
      'account_exists',
      'holds_position',
      ...probeErrors,
    ],
  },
  {
    method: 'post',
    path: '/accounts/{id}/edit',
    tags,
    summary: 'Change an account',
    description:
      'What is not sent stays. Another address or key is tried first; processes that run use it from their next call on.',
    request: { params, ...jsonBody(accountEdit) },
    responses: ok(account.extend({ warnings }), 'The account.'),
  },
);

const remove = route(
  { access: 'trade', errors: ['unknown_account', 'account_in_use', 'orders_on_their_way'] },
  {
    method: 'post',
    path: '/accounts/{id}/delete',
    tags,
    summary: 'Delete an account',
    description:
      'One that no strategy trades on. Where something is still held there, it serves exits until that is flat, and goes then; its key is removed, its orders stay.',
    request: {
      params,
      body: { content: { 'application/json': { schema: z.strictObject({ held }).partial() } } },
    },
    responses: ok(
      account.extend({ deleted: z.boolean(), ...heldOutcome }),
      'The account that was there.',
    ),
  },
);

export function createAccountRoutes(deps: ManageDeps) {
  const { db } = deps;
  return createApi()
    .openapi(list, async (context) => {
      const manager = managerOf(db, context);
      const rows = (await listAccounts(db)).filter(({ user_id }) => isInReach(manager, user_id));
      return context.json(success(rows.map(showAccount)), 200);
    })
    .openapi(form, (context) => {
      return context.json(success({ base_url: deps.hostServer ?? null, egress: egressNote }), 200);
    })
    .openapi(create, async (context) => {
      return context.json(
        success(await addOwnAccount(deps, context, context.req.valid('json'))),
        200,
      );
    })
    .openapi(show, async (context) => {
      const { id } = context.req.valid('param');
      const row = await getAccount(managerOf(db, context), id);
      const mustSay = row.mode !== 'analyze' && row.live_confirmed_at === null;
      const data = {
        ...showAccount(row),
        strategies: (await listStrategiesOn(db, id)).map(({ name }) => name),
        live_sentence: mustSay ? liveSentence(row) : null,
        egress: egressNote,
      };
      return context.json(success(data), 200);
    })
    .openapi(editForm, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(success(showAccount(await getAccount(managerOf(db, context), id))), 200);
    })
    .openapi(edit, async (context) => {
      const { id } = context.req.valid('param');
      const changed = await changeAccount(deps, context, { id, edit: context.req.valid('json') });
      const shown = { ...showAccount(changed), warnings: doubtRates(changed) };
      return context.json(success(shown), 200);
    })
    .openapi(remove, async (context) => {
      const { id } = context.req.valid('param');
      const asked = { choice: context.req.valid('json').held ?? 'keep', now: deps.now() };
      const removed = await inTransaction(db, context, async (manager) => {
        return await removeAccount(manager, { accountId: id, asked });
      });
      deps.lanes.wake(removed.closings.orders);
      const shown = { ...showAccount(removed.account), deleted: removed.isGone };
      return context.json(success({ ...shown, ...showOutcome(removed) }), 200);
    });
}
