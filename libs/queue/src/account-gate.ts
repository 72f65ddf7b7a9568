import type { AccountId } from '@orderlane/domain/ids';
import type { Lane } from '@orderlane/domain/lane';
import type { Role } from '@orderlane/domain/order-plan';
import type { Redis } from 'ioredis';
import { gateScript, leftLateScript } from './gate-script.ts';

/** How often an account may be called. All of it travels with each question: a wiped Redis loses none. */
export interface AccountLimits {
  /** Between two calls of the account, of whatever kind (ms). */
  gapMs: number;
  /** Between two smart orders (ms). */
  smartGapMs: number;
  /** Further limits, such as 40 per minute, over all calls. */
  windows: readonly { max: number; windowMs: number }[];
}

export interface GateQuestion {
  accountId: AccountId;
  role: Role;
  lane: Lane;
  limits: AccountLimits;
}

export interface AccountGate {
  /** 0: go, now; else how long to wait before asking again (ms). Nothing is reserved. */
  ask(question: GateQuestion): Promise<number>;
  /** A granted call left late: the next one keeps its distance from now, not from the grant. */
  leftLate(question: GateQuestion): Promise<void>;
}

interface GateRedis extends Redis {
  orderlaneGate(keys: number, ...args: (string | number)[]): Promise<string>;
  orderlaneLeftLate(keys: number, ...args: (string | number)[]): Promise<string>;
}

function isGateRedis(redis: Redis): redis is GateRedis {
  return 'orderlaneGate' in redis;
}

/**
 * The account's limiter, on Redis's clock, over all executors. It grants only at the moment of
 * sending; an exit that waits leaves a mark that makes entries stand back. Where Redis does not
 * remember the last grant (new, or wiped) it counts as having been just now.
 * @throws when Redis does not answer: then nothing may be sent.
 */
export function createAccountGate(deps: { redis: Redis; prefix: string }): AccountGate {
  const { redis, prefix } = deps;
  redis.defineCommand('orderlaneGate', { lua: gateScript });
  redis.defineCommand('orderlaneLeftLate', { lua: leftLateScript });
  return {
    async ask({ accountId, role, lane, limits }) {
      if (!isGateRedis(redis)) throw new Error('The gate script is not defined');
      const key = `${prefix}:gate:${accountId}`;
      const windows = limits.windows.flatMap(({ max, windowMs }) => [max, windowMs]);
      const answer = await redis.orderlaneGate(
        2,
        key,
        `${key}:log`,
        limits.gapMs,
        limits.smartGapMs,
        role,
        lane,
        ...windows,
      );
      return Number(answer);
    },
    async leftLate({ accountId, lane, limits }) {
      if (!isGateRedis(redis)) throw new Error('The gate script is not defined');
      const key = `${prefix}:gate:${accountId}`;
      await redis.orderlaneLeftLate(1, key, limits.gapMs, limits.smartGapMs, lane);
    },
  };
}
