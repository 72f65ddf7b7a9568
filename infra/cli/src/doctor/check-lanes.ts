import { type AccountRow, listAccounts } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { listWaitingLanes, type WaitingLane } from '@orderlane/db/unserved-lanes';
import { lanes as laneKinds } from '@orderlane/domain/lane';
import type { Lanes } from '@orderlane/queue/lanes';
import { type Finding, well, wrong } from './finding.ts';

/** A sweep adds what has no job every two seconds; so long it may be busy (ms). */
const sweptWithinMs = 10_000;

/** Whether every lane is served, and every order that could be sent has a job. */
export async function checkLanes(deps: { db: Db; lanes: Lanes }): Promise<Finding[]> {
  const accounts = await listAccounts(deps.db);
  const found = (
    await Promise.all(accounts.map(async (account) => await checkAccountLanes(deps, account)))
  ).flat();
  const kinds = ['lanes', 'jobs'] as const;
  const words = {
    lanes: 'every lane is served',
    jobs: 'every order that can be sent is on its lane',
  };
  return kinds.flatMap((kind) => {
    const wrongs = found.filter(({ check }) => check === kind);
    return wrongs.length > 0 ? wrongs : [well(kind, words[kind])];
  });
}

async function checkAccountLanes(
  { db, lanes }: { db: Db; lanes: Lanes },
  account: AccountRow,
): Promise<Finding[]> {
  const waiting = await listWaitingLanes(db, account);
  const found: Finding[] = [];
  for (const lane of laneKinds) {
    const orders = waiting.find((each) => each.lane === lane);
    const name = `${lane} lane of account "${account.name}"`;
    if (!(await lanes.isServed(lane, account.id))) found.push(unserved(name, orders));
    const jobs = await lanes.waiting(lane, account.id);
    if (orders !== undefined && jobs === 0) found.push(...withoutJobs(name, orders));
  }
  return found;
}

function unserved(name: string, orders: WaitingLane | undefined): Finding {
  const waits = orders === undefined ? 'nothing waits there' : ageOf(orders);
  return wrong(
    'lanes',
    `no executor serves the ${name}: ${waits}`,
    'Start an executor; of one that runs, look at its log',
  );
}

function withoutJobs(name: string, orders: WaitingLane): Finding[] {
  if (orders.oldestForMs < sweptWithinMs) return [];
  const text = `orders of the ${name} could be sent and are not on it: ${ageOf(orders)}`;
  return [wrong('jobs', text, 'Start a scheduler: it puts them there within two seconds')];
}

function ageOf({ waiting, oldestForMs }: WaitingLane): string {
  return `${waiting} waiting, the oldest for ${Math.round(oldestForMs / 1000)} s`;
}
