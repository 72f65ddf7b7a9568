import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { openStack } from '../support/stack.ts';

/** One request over the agent's connection. */
async function ask(url: string, agent: Agent) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | undefined;
    connection: string | undefined;
    body: string;
  }>();
  get(url, { agent }, (response) => {
    const { statusCode: status, headers } = response;
    text(response).then(
      (body) => resolve({ status, connection: headers.connection, body }),
      reject,
    );
  }).on('error', reject);
  return await promise;
}

test('an ingress that is to stop says so, ends the connections that it answers on, and takes calls meanwhile', async () => {
  await using stack = await openStack({ env: { STOP_NOTICE_MS: '4 seconds' } });
  const ingress = await stack.start('ingress');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ready = `${ingress.url}/readyz`;
  expect(await ask(ready, agent)).toMatchObject({ status: 200, connection: 'keep-alive' });
  ingress.signal('SIGTERM');
  await ingress.waitForEvent('service_stopping');
  const kept = await ask(ready, agent);
  expect(kept).toMatchObject({ status: 503, connection: 'close' });
  expect(kept.body).toContain('it is stopping');
  // A caller that has not noticed yet.
  const late = await ask(`${ingress.url}/strategy/webhook/none`, agent);
  expect(late).toMatchObject({ status: 405, connection: 'close' });
  expect((await ingress.exited).code).toBe(0);
  agent.destroy();
});
