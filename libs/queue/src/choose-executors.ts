import { hash } from 'node:crypto';
import type { AccountId } from '@orderlane/domain/ids';

/** How many serve an account at a time: when one dies, the other is there already. */
export const executorsOfAnAccount = 2;

/**
 * Which of the executors that live serve an account's lanes. Every executor comes to the same answer by
 * itself (highest random weight), and one that comes or goes moves only the accounts that it serves.
 */
export function chooseExecutors(accountId: AccountId, executors: readonly string[]): string[] {
  return executors
    .map((executor) => ({ executor, weight: hash('sha1', `${accountId} ${executor}`) }))
    .toSorted((a, b) => (a.weight < b.weight ? 1 : -1))
    .slice(0, executorsOfAnAccount)
    .map(({ executor }) => executor);
}
