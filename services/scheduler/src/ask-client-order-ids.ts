import { type AccountRow, recordClientOrderIdLanes } from '@orderlane/db/accounts';
import type { Db } from '@orderlane/db/open-db';
import { postponeTurn, takeTurns } from '@orderlane/db/work-leases';
import { type Lane, lanes } from '@orderlane/domain/lane';
import type { AccountInstance } from '@orderlane/openalgo/account-clients';
import type { Enquiries } from '@orderlane/openalgo/enquiries';
import type { AccountLimits } from '@orderlane/queue/account-gate';
import { type SlotDeps, waitForSlot } from './slot.ts';
import type { Tasks } from './tasks.ts';

const work = 'client_order_ids';

export interface AskClientOrderIdsDeps extends SlotDeps {
  db: Db;
  tasks: Tasks;
  clientOf(account: AccountInstance): Pick<Enquiries, 'takesClientOrderId'>;
  limitsOf(account: AccountRow): AccountLimits;
  /** Between two questions, once it is known (ms). */
  againMs: number;
  /** While it is not known (ms). */
  unknownMs: number;
  /** For one call, and for its turn at the gate (ms). */
  timeoutMs: number;
}

/**
 * Finds out on which lanes each account's OpenAlgo takes an id of ours with an order, now and then,
 * because a server is exchanged for a newer one. The question counts against OpenAlgo's rate for
 * orders, so it takes its turn at the account's gate, behind every exit.
 */
export async function askClientOrderIds(
  deps: AskClientOrderIdsDeps,
  accounts: readonly AccountRow[],
): Promise<void> {
  // Nobody else asks while this one waits for its turns at the gate and for its answers.
  const everyMs = 2 * lanes.length * deps.timeoutMs;
  const taken = await takeTurns(deps.db, { work, everyMs, items: accounts.map(({ id }) => id) });
  for (const account of accounts) {
    if (taken.has(account.id)) deps.tasks.run(async () => await askOne(deps, account));
  }
}

async function askOne(deps: AskClientOrderIdsDeps, account: AccountRow): Promise<void> {
  const taking = await askLanes(deps, account);
  if (taking !== null) await recordClientOrderIdLanes(deps.db, { id: account.id, lanes: taking });
  const againMs = taking === null ? Math.min(deps.unknownMs, deps.againMs) : deps.againMs;
  await postponeTurn(deps.db, { work, item: account.id, everyMs: againMs });
}

/** The lanes that take it; null: some lane did not say. */
async function askLanes(deps: AskClientOrderIdsDeps, account: AccountRow): Promise<Lane[] | null> {
  const taking: Lane[] = [];
  for (const lane of lanes) {
    const isTaken = await askLane(deps, account, lane);
    if (isTaken === null) return null;
    if (isTaken) taking.push(lane);
  }
  return taking;
}

async function askLane(
  deps: AskClientOrderIdsDeps,
  account: AccountRow,
  lane: Lane,
): Promise<boolean | null> {
  const { timeoutMs } = deps;
  const limits = deps.limitsOf(account);
  const question = { accountId: account.id, limits, role: 'entry', lane } as const;
  if (!(await waitForSlot(deps, { question, withinMs: timeoutMs }))) return null;
  return await deps.clientOf(account).takesClientOrderId({ lane, timeoutMs });
}
