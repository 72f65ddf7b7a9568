import { z } from '@hono/zod-openapi';
import { recordAccountMode } from '@orderlane/db/accounts';
import { pause, resume, turnTradingOn } from '@orderlane/manage/change-account';
import { getAccount } from '@orderlane/manage/find-owned';
import { probeOpenAlgo } from '@orderlane/manage/probe-openalgo';
import { createApi, ok, route, success } from '../http/api.ts';
import { jsonBody } from '../http/json-body.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction, managerOf } from '../http/manager.ts';
import { account, probe, showAccount } from '../schemas/account.ts';
import { accountParams as params } from '../schemas/common.ts';

const tags = ['accounts'];
const probeErrors = [
  'openalgo_unreachable',
  'not_openalgo',
  'wrong_key',
  'key_unreadable',
] as const;

const test = route(
  { access: 'trade', errors: ['unknown_account', ...probeErrors] },
  {
    method: 'post',
    path: '/accounts/{id}/test',
    tags,
    summary: 'Try the connection',
    description:
      'Asks its OpenAlgo now: does it take the key, in which mode is it, how long does a call take.',
    request: { params },
    responses: ok(probe, 'How it answered.'),
  },
);

const pauseRoute = route(
  { access: 'trade', errors: ['unknown_account'] },
  {
    method: 'post',
    path: '/accounts/{id}/pause',
    tags,
    summary: 'Pause an account',
    description: 'Nothing is sent any more, exits included.',
    request: { params, ...jsonBody(z.strictObject({ reason: z.string().max(200).optional() })) },
    responses: ok(account, 'The account.'),
  },
);

const resumeRoute = route(
  { access: 'trade', errors: ['unknown_account'] },
  {
    method: 'post',
    path: '/accounts/{id}/resume',
    tags,
    summary: 'End the pause of an account',
    description: 'What waited and is still within its age goes out.',
    request: { params },
    responses: ok(account, 'The account.'),
  },
);

const tradingOn = route(
  { access: 'trade', errors: ['unknown_account', 'confirmation_differs'] },
  {
    method: 'post',
    path: '/accounts/{id}/trading-on',
    tags,
    summary: 'Let a live account trade',
    description: 'Once, with the sentence that the account names (`live_sentence`), word by word.',
    request: { params, ...jsonBody(z.strictObject({ sentence: z.string().max(300) })) },
    responses: ok(account, 'The account.'),
  },
);

export function createAccountControlRoutes(deps: ManageDeps) {
  const { db, box, allowPrivate } = deps;
  return createApi()
    .openapi(test, async (context) => {
      const { id } = context.req.valid('param');
      const row = await getAccount(managerOf(db, context), id);
      const at = { baseUrl: row.base_url, apiKey: box.open(row.api_key_box), allowPrivate };
      const { broker, mode, latencyMs } = await probeOpenAlgo(at);
      if (mode !== null && mode !== row.mode) await recordAccountMode(db, { id, mode });
      return context.json(success({ broker, mode, latency_ms: latencyMs }), 200);
    })
    .openapi(pauseRoute, async (context) => {
      const { id: accountId } = context.req.valid('param');
      const { reason } = context.req.valid('json');
      const row = await inTransaction(db, context, async (manager) => {
        return await pause(manager, { accountId, reason });
      });
      return context.json(success(showAccount(row)), 200);
    })
    .openapi(resumeRoute, async (context) => {
      const { id: accountId } = context.req.valid('param');
      const row = await inTransaction(db, context, async (manager) => {
        return await resume(manager, { accountId });
      });
      return context.json(success(showAccount(row)), 200);
    })
    .openapi(tradingOn, async (context) => {
      const { id: accountId } = context.req.valid('param');
      const said = context.req.valid('json').sentence;
      const row = await inTransaction(db, context, async (manager) => {
        return await turnTradingOn(manager, { accountId, said });
      });
      return context.json(success(showAccount(row)), 200);
    });
}
