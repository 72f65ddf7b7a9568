import { z } from '@hono/zod-openapi';
import { listPositions } from '@orderlane/db/positions';
import { getStrategy } from '@orderlane/manage/find-owned';
import { isInReach } from '@orderlane/manage/manager';
import { setOwnPosition } from '@orderlane/manage/set-position';
import { createApi, ok, route, success } from '../http/api.ts';
import { jsonBody } from '../http/json-body.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction, managerOf } from '../http/manager.ts';
import { instant, strategyParams as params } from '../schemas/common.ts';

const tags = ['positions'];
const mode = z.enum(['live', 'analyze']);

const list = route(
  { access: 'read' },
  {
    method: 'get',
    path: '/positions',
    tags,
    summary: 'What strategies own and await',
    description: "As Orderlane counts it from the fills; not the account's whole position.",
    responses: ok(
      z.array(
        z.object({
          strategy_id: z.number(),
          strategy: z.string(),
          account_id: z.number(),
          exchange: z.string(),
          symbol: z.string(),
          product: z.string(),
          mode,
          own: z.number(),
          coming: z.number(),
          updated_at: instant,
        }),
      ),
      'The positions that are not flat, or that something is coming for.',
    ),
  },
);

const set = route(
  { access: 'trade', errors: ['unknown_strategy', 'invalid_position', 'missing_account'] },
  {
    method: 'post',
    path: '/strategy/{id}/position',
    tags,
    summary: 'Say what a strategy owns',
    description:
      'Where that is known better by hand: a trade that was made outside. Nothing is ordered.',
    request: {
      params,
      ...jsonBody(
        z.strictObject({
          instrument: z.string().max(200).meta({ description: '`NSE:SBIN:MIS`' }),
          own: z
            .union([z.string().max(20), z.number()])
            .transform(String)
            .meta({
              description: 'Signed whole shares.',
            }),
          mode: mode.optional(),
        }),
      ),
    },
    responses: ok(
      z.object({
        exchange: z.string(),
        symbol: z.string(),
        product: z.string(),
        mode,
        before: z.number(),
        own: z.number(),
      }),
      'What it owns from now on.',
    ),
  },
);

export function createPositionRoutes({ db }: ManageDeps) {
  return createApi()
    .openapi(list, async (context) => {
      const manager = managerOf(db, context);
      const rows = (await listPositions(db)).filter(({ owner }) => isInReach(manager, owner));
      const shown = rows.map((row) => ({
        strategy_id: row.strategyId,
        strategy: row.strategyName,
        account_id: row.accountId,
        exchange: row.exchange,
        symbol: row.symbol,
        product: row.product,
        mode: row.mode,
        own: row.own,
        coming: row.coming,
        updated_at: row.updatedAt,
      }));
      return context.json(success(shown), 200);
    })
    .openapi(set, async (context) => {
      const { id } = context.req.valid('param');
      const { mode: wanted, ...asked } = context.req.valid('json');
      const done = await inTransaction(db, context, async (manager) => {
        const strategy = await getStrategy(manager, id);
        return await setOwnPosition(manager, { strategy, ...asked, mode: wanted });
      });
      const { exchange, symbol, product, mode: of, before, own } = done;
      const shown = { exchange, symbol, product, mode: of, before, own };
      return context.json(success(shown), 200);
    });
}
