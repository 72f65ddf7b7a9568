import { afterEach, beforeEach, expect, it } from 'vitest';
import { addAccount } from '../support/accounts.ts';
import { statusOfOrder } from '../support/claims.ts';
import { makeStrategy, storeOrder } from '../support/factories.ts';
import { answerJson, startHttpServer } from '../support/far-side.ts';
import { enqueueJobs, openStack, queuedOrders, type Stack } from '../support/stack.ts';

let stack: Stack;

beforeEach(async () => {
  stack = await openStack();
});
afterEach(async () => {
  await stack[Symbol.asyncDispose]();
});

it.each([
  { spelling: 'as it is', httpStatus: 502, body: 'bad\0gateway', status: 'indeterminate' },
  {
    spelling: 'spelled out',
    httpStatus: 400,
    body: JSON.stringify({ status: 'error', message: 'no\0funds' }),
    status: 'rejected',
  },
])('an answer with a NUL character, $spelling, is recorded like any other', async (answer) => {
  const { httpStatus, body, status } = answer;
  await using server = await startHttpServer((response) => answerJson(response, httpStatus, body));
  const account_id = await addAccount(stack.db, { baseUrl: server.url, apiKey: 'any' });
  const strategyId = await makeStrategy(stack.db, { account_id });
  const id = await storeOrder({ db: stack.db, accountId: account_id, strategyId });
  await stack.start('executor');
  await enqueueJobs(stack.parts, await queuedOrders(stack.db));
  await expect
    .poll(async () => await statusOfOrder(stack.db, id), { timeout: 20_000 })
    .toBe(status);
});
