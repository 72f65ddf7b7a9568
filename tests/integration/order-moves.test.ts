import { orderMoves, orderStatuses } from '@orderlane/domain/order';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshParts } from '../support/fresh-parts.ts';

test('the database allows the moves of an order that the domain knows, and no other', async () => {
  await using parts = await freshParts();
  const { rows } = await sql<{ from: string; to: string }>`
    select f as "from", t as "to"
    from unnest(${orderStatuses}::text[]) f, unnest(${orderStatuses}::text[]) t
    where order_move_allowed(f, t)`.execute(parts.db);
  const known = orderStatuses.flatMap((from) => orderMoves[from].map((to) => ({ from, to })));
  const pairs = (moves: { from: string; to: string }[]) =>
    moves.map(({ from, to }) => `${from} > ${to}`).sort();
  expect(pairs(rows)).toEqual(pairs(known));
});
