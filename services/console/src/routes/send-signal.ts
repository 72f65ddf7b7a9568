import { z } from '@hono/zod-openapi';
import { isKeyUsed } from '@orderlane/db/signal-list';
import { getStrategy } from '@orderlane/manage/find-owned';
import { ManageError } from '@orderlane/manage/manage-error';
import { callerOf } from '../http/access.ts';
import { createApi, ok, route, success } from '../http/api.ts';
import { jsonBody } from '../http/json-body.ts';
import { managerOf } from '../http/manager.ts';
import { strategyParams as params } from '../schemas/common.ts';
import { type ReplayDeps, sendByHand } from './replay-signal.ts';

const send = route(
  { access: 'trade', errors: ['unknown_strategy', 'signal_id_used'] },
  {
    method: 'post',
    path: '/strategy/{id}/send',
    tags: ['signals'],
    summary: 'Send a signal by hand',
    description:
      'For real: it is decided, stored and traded as if its sender had posted it now. `try` does the same without trading.',
    request: {
      params,
      ...jsonBody(
        z.strictObject({
          body: z.string().max(65_536).meta({ description: 'As a sender posts it.' }),
          signal_id: z.string().trim().min(1).max(200).meta({
            description: 'One that the strategy never had: sent twice, it trades once.',
          }),
        }),
      ),
    },
    responses: ok(z.record(z.string(), z.unknown()), 'As a sender is answered.'),
  },
);

export function createSendRoutes(deps: ReplayDeps) {
  return createApi().openapi(send, async (context) => {
    const { id: strategyId } = context.req.valid('param');
    const { body, signal_id: key } = context.req.valid('json');
    await getStrategy(managerOf(deps.db, context), strategyId);
    if (await isKeyUsed(deps.db, { strategyId, key })) throw new ManageError('signal_id_used');
    const answer = await sendByHand(deps, context, {
      strategyId,
      key,
      body: Buffer.from(body),
      path: `/strategy/${strategyId}/send`,
      contentType: 'application/json',
      note: `Sent by ${callerOf(context).who}`,
    });
    return context.json(success(answer), 200);
  });
}
