import { sql } from 'kysely';
import type { Stack } from '../../support/stack.ts';
import { type BenchSystem, makeBenchStrategy, startBenchSystem } from '../bench-system.ts';
import { runClosedLoop } from '../load/closed-loop.ts';
import { runOpenLoop } from '../load/open-loop.ts';
import { createWebhookPoster } from '../load/webhook-poster.ts';
import { percentile } from '../measure/percentile.ts';
import { boundBy, measureUse } from '../measure/use.ts';
import { atLeast, atMost, type Figure, type Scenario } from '../scenario.ts';
import { distinctSignal } from '../signal-body.ts';

const seconds = 5;

/** Webhooks to an ingress with every check on: as fast as they are answered, and at fixed rates. */
export const accept: Scenario = {
  name: 'accept',
  async run({ bare }) {
    await using system = await startBenchSystem();
    const figures = [...(await closedLoop(system, bare)), ...(await manyStrategies(system))];
    for (const perS of [50, 200, 1000]) figures.push(...(await openLoop(system, perS)));
    return [...figures, await killedAtFullLoad(system)];
  },
};

async function closedLoop(system: BenchSystem, bare: number | undefined): Promise<Figure[]> {
  const url = await startIngress(system);
  // The first second of a process is spent on compiling it.
  await runClosedLoop({ url, connections: 64, seconds: 1, body: distinctSignal('WARM') });
  // A database that is a minute old knows how large its tables are; this one is made a minute old.
  await sql`analyze`.execute(system.stack.db);
  const load = { url, connections: 64, seconds, body: distinctSignal('C') };
  const { value, use } = await measureUse(system, async () => await runClosedLoop(load));
  const name = 'closed loop, 64 connections';
  const figures: Figure[] = [
    { name, value: value.perS, unit: '/s', boundBy: boundBy(use) },
    { name: `${name}, p50`, value: value.p50Ms, unit: 'ms' },
    { name: `${name}, p99`, value: value.p99Ms, unit: 'ms' },
    { name: `${name}, not answered 2xx`, value: value.failed, unit: '' },
  ];
  if (bare !== undefined) {
    const ratio = value.perS / bare;
    const asked = atLeast(ratio, 0.15, 'at least 0.15');
    figures.push({ name: 'share of bare', value: ratio, unit: '', asked });
  }
  return figures;
}

/** The same of 64 strategies in turn: where signals of one wait for each other, those of many need not. */
async function manyStrategies(system: BenchSystem): Promise<Figure[]> {
  const { url } = await system.start('ingress');
  const paths: string[] = [];
  for (let count = 0; count < 64; count++) {
    const { webhookId } = await makeBenchStrategy(system.stack);
    paths.push(`/strategy/webhook/${webhookId}`);
  }
  const load = { url, connections: 64, path: (index: number) => paths[index % paths.length] ?? '' };
  await runClosedLoop({ ...load, seconds: 1, body: distinctSignal('WARMM') });
  const measure = async () => await runClosedLoop({ ...load, seconds, body: distinctSignal('M') });
  const { value, use } = await measureUse(system, measure);
  const name = 'closed loop, 64 strategies';
  return [
    { name, value: value.perS, unit: '/s', boundBy: boundBy(use) },
    { name: `${name}, p99`, value: value.p99Ms, unit: 'ms' },
    { name: `${name}, not answered 2xx`, value: value.failed, unit: '' },
  ];
}

/** Beside the inserts of one row at the same times, each with a commit of its own. */
async function openLoop(system: BenchSystem, perS: number): Promise<Figure[]> {
  const url = await startIngress(system);
  await using poster = createWebhookPoster();
  const body = distinctSignal(`O${perS}X`);
  const call = async (index: number) => (await poster.post(url, body(index))) === 200;
  const webhooks = await runOpenLoop({ perS, seconds, call });
  const inserts = await insertLoop(system.stack, perS);
  const name = `open loop, ${perS} a second`;
  const p99 = percentile(webhooks.latenciesMs, 0.99);
  const ratio = p99 / percentile(inserts.latenciesMs, 0.5);
  return [
    { name: `${name}, p50`, value: percentile(webhooks.latenciesMs, 0.5), unit: 'ms' },
    { name: `${name}, p99`, value: p99, unit: 'ms' },
    { name: `${name}, failed`, value: webhooks.failed, unit: '' },
    {
      name: `${name}, p99 to p50 of an insert`,
      value: ratio,
      unit: '',
      ...(perS === 1000 && { asked: atMost(ratio, 10, 'at most 10') }),
    },
  ];
}

async function insertLoop({ db }: Stack, perS: number) {
  await sql`create table if not exists bench_rows (id bigserial primary key, body text)`.execute(
    db,
  );
  const call = async () => {
    await sql`insert into bench_rows (body) values ('a row')`.execute(db);
    return true;
  };
  return await runOpenLoop({ perS, seconds, call });
}

/** Every signal that was answered with success before the SIGKILL is stored. */
async function killedAtFullLoad(system: BenchSystem): Promise<Figure> {
  const { webhookId } = await makeBenchStrategy(system.stack);
  const ingress = await system.start('ingress');
  const url = `${ingress.url}/strategy/webhook/${webhookId}`;
  const running = runClosedLoop({ url, connections: 64, seconds: 4, body: distinctSignal('K') });
  setTimeout(() => ingress.signal('SIGKILL'), 2000);
  const { answered } = await running;
  const { count } = await system.stack.db
    .selectFrom('orders')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('symbol', 'like', 'K%')
    .executeTakeFirstOrThrow();
  const lost = Math.max(0, answered - count);
  const name = `killed at full load, lost of ${answered} answered`;
  return { name, value: lost, unit: '', asked: atMost(lost, 0, 'none') };
}

/** A process and a strategy of its own for each load. */
async function startIngress(system: BenchSystem): Promise<string> {
  const { webhookId } = await makeBenchStrategy(system.stack);
  const ingress = await system.start('ingress');
  return `${ingress.url}/strategy/webhook/${webhookId}`;
}
