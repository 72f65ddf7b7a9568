import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HeldCase, readHeldCases } from '../../tools/src/held-cases/case-file.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { setUpHeldCase } from '../support/held-case-stage.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';

const all = await readHeldCases(new URL('../golden/held-cases.json', import.meta.url));
/** What is on its way, and the entries of a day, are orders: other tests make those. */
const cases = all.filter(
  ({ held, entries_today }) => entries_today === 0 && held.every(({ coming }) => coming === 0),
);

let parts: FreshParts;
let ingress: TestIngress;
let now: Temporal.ZonedDateTime;

beforeAll(async () => {
  parts = await freshParts();
  ingress = await openIngress({ ...parts, now: () => now });
});
afterAll(async () => {
  await ingress[Symbol.asyncDispose]();
  await parts.dispose();
});

/** What the real ingress stores and answers for a case. */
async function play(one: HeldCase) {
  now = Temporal.PlainDateTime.from(one.now_ist).toZonedDateTime('Asia/Kolkata');
  const { webhookId, seed } = await setUpHeldCase(parts, one);
  const path = one.strategy.platform === 'chartink' ? 'chartink' : 'strategy';
  const { status, body } = await postWebhook(ingress.url, {
    ...{ webhookId, path },
    body: one.request.body,
  });
  const orders = await seed.db
    .selectFrom('orders')
    .select(['symbol', 'lane', 'role', 'action', 'quantity', 'target_position', 'own_target'])
    .where('strategy_id', '=', seed.strategyId)
    .where('status', '=', 'queued')
    .orderBy('id')
    .execute();
  const refused = (body['refused'] ?? []) as { code: string }[];
  const codes = refused.map(({ code }) => code);
  return { http_status: status, orders, refused: codes.length > 0 ? codes : codeOf(body) };
}

function codeOf(body: Record<string, unknown>): string[] {
  return 'code' in body ? [String(body['code'])] : [];
}

describe('the ingress stores and answers what was decided by hand', () => {
  it('has most of the cases', () => expect(cases.length).toBeGreaterThan(150));

  it.each(cases)('$name', async (one) => {
    const { http_status, orders, refused } = one.expect;
    expect(await play(one)).toEqual({ http_status, orders, refused });
  });
});
