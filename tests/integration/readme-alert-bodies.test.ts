import { readFile } from 'node:fs/promises';
import { findStrategy, insertMapping } from '@orderlane/db/strategies';
import type { Platform, TradingMode } from '@orderlane/domain/strategy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeAccount, makeStrategy } from '../support/factories.ts';
import { type FreshParts, freshParts } from '../support/fresh-parts.ts';
import { openIngress, postWebhook, type TestIngress } from '../support/ingress.ts';

let parts: FreshParts;
let ingress: TestIngress;
let readme: string;

beforeAll(async () => {
  parts = await freshParts();
  ingress = await openIngress(parts);
  readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
});
afterAll(async () => {
  await ingress[Symbol.asyncDispose]();
  await parts.dispose();
});

/** What TradingView and GoCharting put in the place of these. */
const filled: Record<string, string> = {
  '{{ticker}}': 'SBIN',
  '{{exchange}}': 'NSE',
  '{{strategy.order.action}}': 'buy',
  '{{strategy.order.contracts}}': '10',
  '{{strategy.order.id}}': 'Long',
  '{{strategy.position_size}}': '10',
  '{{timenow}}': '2026-02-10T04:30:00Z',
};

/** The first message that a sender's section shows. */
function messageOf(section: string, pattern: RegExp): string {
  const [, text = ''] = readme.split(`### ${section}\n`);
  const [, message = ''] = pattern.exec(text) ?? [];
  return message.replaceAll(
    /\{\{[a-z_.]+\}\}/g,
    (placeholder) => filled[placeholder] ?? placeholder,
  );
}

async function makeWebhook(platform: Platform, mode: TradingMode | null): Promise<string> {
  const accountId = await makeAccount(parts.db);
  const strategyId = await makeStrategy(parts.db, {
    ...{ account_id: accountId, platform, trading_mode: mode },
  });
  const mapping = { strategyId, symbol: 'SBIN', exchange: 'NSE', product: 'MIS' } as const;
  await insertMapping(parts.db, { ...mapping, signalSymbol: '*', quantity: 10 });
  return (await findStrategy(parts.db, strategyId))?.webhookId ?? '';
}

const json = /```json\n(.+)\n/;
const withTarget = /```json\n(.+position_size.+)\n/;
interface Sender {
  section: string;
  message: RegExp;
  platform: Platform;
  mode: TradingMode | null;
}
const senders: Sender[] = [
  { section: 'TradingView', message: json, platform: 'tradingview', mode: 'LONG' },
  { section: 'TradingView', message: withTarget, platform: 'tradingview', mode: 'BOTH' },
  { section: 'Amibroker', message: json, platform: 'amibroker', mode: 'LONG' },
  { section: 'ChartInk', message: json, platform: 'chartink', mode: null },
  { section: 'GoCharting', message: json, platform: 'gocharting', mode: 'LONG' },
  { section: 'Python', message: /signal = (\{.+\})\n/, platform: 'python', mode: 'LONG' },
  { section: 'curl', message: /-d '(.+)'\n/, platform: 'others', mode: 'LONG' },
];

test.each(senders)('the message of $section is taken, $mode', async (sender) => {
  const { section, message, platform, mode } = sender;
  const { status, body } = await postWebhook(ingress.url, {
    webhookId: await makeWebhook(platform, mode),
    path: platform === 'chartink' ? 'chartink' : 'strategy',
    body: messageOf(section, message),
    contentType: 'text/plain',
  });
  expect([status, body]).toMatchObject([200, { status: 'success', refused: [] }]);
  expect(body['orders']).toHaveLength(platform === 'chartink' ? 2 : 1);
});
