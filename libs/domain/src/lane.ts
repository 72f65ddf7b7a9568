import { type AccountId, brandIds } from './ids.ts';

/** One queue with the rate that its kind of order allows. */
export const lanes = ['regular', 'smart'] as const;
export type Lane = (typeof lanes)[number];

/** The queue's name in Redis: a lane belongs to one account. A queue name may not contain `:`. */
export function laneName(lane: Lane, accountId: AccountId): string {
  return `${lane}.${accountId}`;
}

export interface LaneOfAccount {
  lane: Lane;
  accountId: AccountId;
}

/** The lane of a queue's name; undefined where the name is none of ours. */
export function parseLaneName(name: string): LaneOfAccount | undefined {
  const [kind, id, ...rest] = name.split('.');
  const lane = lanes.find((each) => each === kind);
  if (lane === undefined || !/^[1-9]\d*$/.test(id ?? '') || rest.length > 0) return undefined;
  return { lane, accountId: brandIds.account(Number(id)) };
}

/** A target position goes by the smart lane, an exact quantity by the regular one. */
export function laneFor(order: { targetPosition: number | null }): Lane {
  return order.targetPosition === null ? 'regular' : 'smart';
}

/** Lower is served first; a job without a priority would run before all others. */
export const priorities = { squareOff: 1, exit: 2, entry: 10 } as const;
export type Priority = (typeof priorities)[keyof typeof priorities];
