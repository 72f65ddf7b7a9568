import { z } from '@hono/zod-openapi';
import { exchanges } from '@orderlane/domain/instrument';
import { getAccount } from '@orderlane/manage/find-owned';
import { createApi, ok, route, success } from '../http/api.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { managerOf } from '../http/manager.ts';
import { openAlgoFailed, withOpenAlgo } from '../http/with-openalgo.ts';
import { accountParams as params } from '../schemas/common.ts';

const tags = ['accounts'];

const search = route(
  {
    access: 'read',
    errors: ['unknown_account', 'openalgo_unreachable', 'wrong_key', 'not_openalgo'],
  },
  {
    method: 'get',
    path: '/accounts/{id}/search',
    tags,
    summary: 'Search for symbols',
    description: "In the list of the account's OpenAlgo, with lot sizes; 500 at the most.",
    request: {
      params,
      query: z.object({
        query: z.string().trim().min(1).max(100),
        exchange: z.enum(exchanges).optional(),
      }),
    },
    responses: ok(
      z.array(
        z.object({
          symbol: z.string(),
          exchange: z.string(),
          name: z.string().nullable(),
          expiry: z.string().nullable(),
          instrument_type: z.string().nullable(),
          lot_size: z.number().nullable(),
        }),
      ),
      'What was found.',
    ),
  },
);

export function createAccountSearchRoutes(deps: ManageDeps) {
  const { db } = deps;
  return createApi().openapi(search, async (context) => {
    const { id } = context.req.valid('param');
    const { query, exchange } = context.req.valid('query');
    const row = await getAccount(managerOf(db, context), id);
    const asked = exchange === undefined ? { query } : { query, exchange };
    const reply = await withOpenAlgo(deps, row, async (client) => await client.search(asked));
    if (reply.kind === 'failure') throw openAlgoFailed(reply);
    const found = reply.value.rows.map(({ instrumentType, lotSize, ...one }) => ({
      ...one,
      instrument_type: instrumentType,
      lot_size: lotSize,
    }));
    return context.json(
      success(found.map(({ tickSize: _t, freezeQuantity: _f, ...one }) => one)),
      200,
    );
  });
}
