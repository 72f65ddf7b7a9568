import { z } from '@hono/zod-openapi';
import { getAccount } from '@orderlane/manage/find-owned';
import type { OpenAlgoClient } from '@orderlane/openalgo/client';
import { createApi, ok, route, success } from '../http/api.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { managerOf } from '../http/manager.ts';
import { openAlgoFailed, withOpenAlgo } from '../http/with-openalgo.ts';
import { instant, accountParams as params } from '../schemas/common.ts';

const book = route(
  {
    access: 'read',
    errors: ['unknown_account', 'openalgo_unreachable', 'wrong_key', 'not_openalgo'],
  },
  {
    method: 'get',
    path: '/accounts/{id}/positions',
    tags: ['accounts'],
    summary: 'The positions of the whole account',
    description:
      'As its OpenAlgo shows them now, holdings added to CNC: trades by hand and of other programs are in them.',
    request: { params },
    responses: ok(
      z.object({
        mode: z.enum(['live', 'analyze']),
        read_at: instant,
        is_clean: z.boolean().meta({ description: 'False: some rows were not understood.' }),
        positions: z.array(
          z.object({
            exchange: z.string(),
            symbol: z.string().nullable(),
            product: z.string(),
            quantity: z.number().meta({ description: 'Signed.' }),
          }),
        ),
      }),
      'The book.',
    ),
  },
);

export function createAccountBookRoutes(deps: ManageDeps) {
  return createApi().openapi(book, async (context) => {
    const { id } = context.req.valid('param');
    const row = await getAccount(managerOf(deps.db, context), id);
    const shown = await withOpenAlgo(deps, row, readAll);
    return context.json(success(shown), 200);
  });
}

type Client = Pick<OpenAlgoClient, 'readPositionBook' | 'readHoldings'>;

/** @throws ManageError openalgo_unreachable, wrong_key, not_openalgo */
async function readAll(client: Client) {
  const positions = await client.readPositionBook();
  if (positions.kind === 'failure') throw openAlgoFailed(positions);
  // Not every broker has holdings; what the position book shows stands without them.
  const holdings = await client.readHoldings();
  const held = holdings.kind === 'failure' ? [] : holdings.value.rows;
  return {
    mode: positions.mode,
    read_at: positions.endedAt.toISOString(),
    is_clean: positions.value.isClean && holdings.kind !== 'failure',
    positions: sumUp([...positions.value.rows, ...held]),
  };
}

interface BookRow {
  exchange: string;
  symbol: string | null;
  product: string;
  quantity: number;
}

function sumUp(rows: readonly BookRow[]): BookRow[] {
  const byInstrument = Map.groupBy(rows, (row) =>
    [row.exchange, row.symbol, row.product].join(' '),
  );
  return [...byInstrument.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { exchange, symbol, product } = first;
    return [
      { exchange, symbol, product, quantity: same.reduce((sum, one) => sum + one.quantity, 0) },
    ];
  });
}
