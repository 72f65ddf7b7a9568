import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import { recordAuction } from '@orderlane/db/symbols';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';

let parts: FreshParts;
let ingress: TestIngress;

const sinceAugust = Temporal.ZonedDateTime.from('2026-09-01T15:16:00[Asia/Kolkata]');

beforeAll(async () => {
  parts = await freshParts();
  await recordAuction(parts.db, { exchange: 'NSE', symbol: 'TINYCO' }, false);
  await recordAuction(parts.db, { exchange: 'NSE', symbol: 'RELIANCE' }, true);
  ingress = await openIngress({ ...parts, now: () => sinceAugust });
});
afterAll(async () => {
  await ingress[Symbol.asyncDispose]();
  await parts.dispose();
});

/** How long the exit of a stock is held, in minutes. */
async function heldFor(symbol: string): Promise<number | null> {
  const account_id = await makeAccount(parts.db);
  const strategyId = await makeStrategy(parts.db, { account_id });
  const mapping = { strategyId, signalSymbol: symbol, symbol, quantity: 1 } as const;
  await insertMapping(parts.db, { ...mapping, exchange: 'NSE', product: 'MIS' });
  const webhookId = (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
  const { status } = await postWebhook(ingress.url, {
    webhookId,
    body: { symbol, action: 'SELL' },
  });
  expect(status).toBe(200);
  const order = await parts.db
    .selectFrom('orders')
    .select(['stored_at', 'not_before'])
    .where('strategy_id', '=', strategyId)
    .executeTakeFirstOrThrow();
  if (order.not_before === null) return null;
  return Math.round((order.not_before.getTime() - order.stored_at.getTime()) / 60_000);
}

it.each([
  ['RELIANCE', 4], // until 15:20
  ['UNASKED', 4],
  ['TINYCO', null],
])('at 15:16 the exit of %s is held for %j minutes', async (symbol, minutes) => {
  expect(await heldFor(symbol)).toBe(minutes);
});
