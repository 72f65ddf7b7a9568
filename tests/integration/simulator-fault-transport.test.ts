import { expect, test } from 'vitest';
import { openSimulator, order, orderRows, simulatorKey } from '../support/simulator.ts';

test.each([
  [{ kind: 'reset_before' }, 0, 'reset'],
  [{ kind: 'reset_after' }, 1, 'reset'],
  [{ kind: 'close_without_answer' }, 0, 'closed'],
  [{ kind: 'close_without_answer', executed: true }, 1, 'closed'],
] as const)('%j leaves %i orders behind', async (fault, rows, end) => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ ...fault, times: 1 });
  await expect(simulator.post('placeorder', order())).rejects.toThrow('fetch failed');
  expect(await orderRows(simulator)).toHaveLength(rows);
  const [call] = await simulator.calls();
  expect(call).toMatchObject({ end, answer: null, faults: [fault.kind] });
  expect(call?.executed).toHaveLength(rows);
});

/** Places an order and goes away after a tenth of a second. */
async function placeImpatiently(url: string): Promise<void> {
  const call = fetch(`${url}/api/v1/placeorder`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ apikey: simulatorKey, ...order() }),
    signal: AbortSignal.timeout(100),
  });
  await expect(call).rejects.toThrow('timeout');
}

test('hang neither executes nor answers, and sees its caller go', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'hang', times: 1 });
  await placeImpatiently(simulator.url);
  await expect.poll(async () => (await simulator.calls())[0]?.end).toBe('caller_gone');
  expect(await orderRows(simulator)).toEqual([]);
});

test('hang_then_execute executes after its caller is gone', async () => {
  await using simulator = await openSimulator({ timeScale: 100 });
  await simulator.setFaults({ kind: 'hang_then_execute', ms: 60_000, times: 1 });
  await placeImpatiently(simulator.url);
  expect(await orderRows(simulator)).toEqual([]);
  await expect.poll(async () => (await orderRows(simulator)).length).toBe(1);
  expect((await simulator.calls())[0]).toMatchObject({ end: 'caller_gone', executed: [{}] });
});

test('delay executes at once and answers later', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'delay', ms: 1000, endpoints: ['placeorder'] });
  const call = simulator.post('placeorder', order());
  await expect.poll(async () => (await orderRows(simulator)).length).toBe(1);
  const [waiting] = await simulator.calls({ endpoint: 'placeorder' });
  expect(waiting).toMatchObject({ end: null, answer: null, executed: [{}] });
  expect((await call).status).toBe(200);
});

test('drop-connections resets the calls that wait', async () => {
  await using simulator = await openSimulator();
  await simulator.setFaults({ kind: 'hang', endpoints: ['placeorder'] });
  const call = simulator.post('placeorder', order());
  const ended = expect(call).rejects.toThrow('fetch failed');
  await expect.poll(async () => (await simulator.calls()).length).toBe(1);
  await simulator.control('POST drop-connections');
  await ended;
});

test('an outage refuses connections, and the books outlive it', async () => {
  await using simulator = await openSimulator();
  await simulator.post('placeorder', order());
  await simulator.running.goDown();
  await expect(simulator.post('placeorder', order())).rejects.toThrow('fetch failed');
  await simulator.running.comeBack();
  expect(await orderRows(simulator)).toHaveLength(1);
});

test('an outage over HTTP ends by itself', async () => {
  await using simulator = await openSimulator();
  await simulator.control('POST outage', { ms: 200 });
  const up = async () =>
    await simulator.post('ping').then(
      () => true,
      () => false,
    );
  await expect.poll(up).toBe(false);
  await expect.poll(up).toBe(true);
});
