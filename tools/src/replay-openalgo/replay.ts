import { type RunningSimulator, startSimulator } from '@orderlane/simulator/start-simulator';
import { differences } from './compare.ts';
import { OrderIdMap } from './ids.ts';
import { limitReached } from './known-answers.ts';
import { setUpMarket } from './market.ts';
import { type MissingOrder, missingOrders } from './missing-orders.ts';
import { actAsOwner } from './owner-actions.ts';
import { Pace } from './pace.ts';
import { parallelCalls } from './parallel-calls.ts';
import { type Exchange, endpointOf, fieldsOf, type Recording } from './recording.ts';
import { sendRequest } from './send.ts';
import { acceptedKeys, limitName, simulatorOptions } from './set-up.ts';

/** What became of one exchange. */
export interface ReplayResult {
  readonly name: string;
  readonly differences: readonly string[];
}

interface Run {
  readonly recording: Recording;
  readonly running: RunningSimulator;
  readonly ids: OrderIdMap;
  readonly pace: Pace;
  readonly limits: Readonly<Record<'order' | 'smartOrder' | 'api', string>>;
}

/** Plays a recording against a fresh simulator, exchange by exchange. */
export async function replay(recording: Recording): Promise<readonly ReplayResult[]> {
  const options = simulatorOptions(recording);
  const running = await startSimulator(options);
  const { limits } = running.simulator.options;
  if (limits === 'off') throw new Error('a recording is replayed with limits');
  try {
    setUpMarket(running.simulator, recording);
    const run = { recording, running, ids: new OrderIdMap(), pace: new Pace(), limits };
    const missing = missingOrders(recording.examples);
    const results: ReplayResult[] = [];
    for (const [index, exchange] of recording.examples.entries()) {
      await placeMissing(run, missing.get(index) ?? []);
      await makeParallelCalls(run, exchange, index);
      results.push(await playOne(run, exchange));
    }
    return results;
  } finally {
    await running.stop();
  }
}

async function playOne(run: Run, exchange: Exchange): Promise<ReplayResult> {
  const { running, ids, recording } = run;
  const keys = acceptedKeys(recording.examples);
  const restore = actAsOwner({ simulator: running.simulator, keys }, exchange);
  await waitForLimit(run, exchange);
  const request = { ...exchange.request, body: ids.translateBody(exchange.request.body) };
  try {
    const here = await sendRequest(running.url, request);
    ids.learn(exchange.response.body, here.body);
    return { name: exchange.name, differences: differences(ids, exchange, here) };
  } catch (error) {
    return { name: exchange.name, differences: [`no answer: ${String(error)}`] };
  } finally {
    restore();
  }
}

/** Keeps within the limit, or fills it with calls that do nothing where the recorded call met a full one. */
async function waitForLimit({ running, pace, limits }: Run, exchange: Exchange): Promise<void> {
  const endpoint = endpointOf(exchange);
  const reached = limitReached(exchange);
  if (reached === undefined) {
    if (exchange.request.method === 'POST') await pace.take(endpoint, limits[limitName(exchange)]);
    return;
  }
  const calls = Number.parseInt(reached, 10);
  await pace.take(endpoint, reached, calls);
  const nothing = {
    ...exchange.request,
    headers: { 'content-type': 'application/json' },
    body: {},
  };
  await Promise.all(Array.from({ length: calls }, () => sendRequest(running.url, nothing)));
}

/** Places what the recording's order books show and no recorded call placed. */
async function placeMissing(run: Run, orders: readonly MissingOrder[]): Promise<void> {
  for (const { orderid, request, cancelled } of orders) {
    await run.pace.take('placeorder', run.limits.order);
    const here = await sendRequest(run.running.url, request);
    run.ids.learn({ orderid }, here.body);
    if (cancelled) await cancelMissing(run, request, orderid);
  }
}

async function cancelMissing(run: Run, request: Exchange['request'], orderid: unknown) {
  const { apikey, strategy } = fieldsOf(request.body);
  const body = { apikey, strategy, orderid: run.ids.translate(orderid) };
  await run.pace.take('cancelorder', run.limits.order);
  await sendRequest(run.running.url, { ...request, path: '/api/v1/cancelorder', body });
}

async function makeParallelCalls(run: Run, exchange: Exchange, index: number): Promise<void> {
  const calls = parallelCalls(exchange, run.recording.examples.slice(0, index));
  if (calls === undefined) return;
  const { count, request } = calls;
  const like = { ...exchange, request };
  await run.pace.take(endpointOf(like), run.limits[limitName(like)], count);
  await Promise.all(Array.from({ length: count }, () => sendRequest(run.running.url, request)));
}
