import type { Rate } from '@orderlane/domain/rate';
import type { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { openRedis, type RedisPlace } from './connection.ts';

export interface RateVerdict {
  /** `far_over`: more than ten times the limit, nothing of the call is to be read. */
  level: 'within' | 'over' | 'far_over';
  /** The call that went over the limit first: what is told once, is told of this one. */
  isFirstOver: boolean;
  /** Whole seconds until another call would be let through, at least 1. */
  retryAfterS: number;
}

export interface RateLimit {
  /** Counts a call of `key`. */
  count(key: string): Promise<RateVerdict>;
}

const within: RateVerdict = { level: 'within', isFirstOver: false, retryAfterS: 0 };
const farOverFactor = 10;

/** A Redis that takes longer is treated as away: every call waits for its count (ms). */
const countWithinMs = 250;

/** The connection for counting calls: of its own, because it is less patient than others. */
export function openRateLimitRedis(place: RedisPlace, onError: (error: Error) => void): Redis {
  return openRedis(place, onError, { commandTimeoutMs: countWithinMs });
}

/**
 * Counts calls of a key over all replicas in Redis; while Redis is away each process counts alone. Every
 * part of a compound rate holds.
 */
export function createRateLimit(deps: {
  redis: Redis;
  prefix: string;
  rates: readonly Rate[];
}): RateLimit {
  const limiters = deps.rates.map((rate) => createLimiter(deps, rate));
  return {
    async count(key) {
      const verdicts = await Promise.all(
        limiters.map(async (limiter) => await countOne(limiter, key)),
      );
      return verdicts.reduce(worse, within);
    },
  };
}

function createLimiter(deps: { redis: Redis; prefix: string }, rate: Rate) {
  const options = { points: rate.count, duration: rate.perMs / 1000 };
  return new RateLimiterRedis({
    ...options,
    storeClient: deps.redis,
    keyPrefix: `${deps.prefix}:${rate.count}:${rate.perMs}`,
    insuranceLimiter: new RateLimiterMemory(options),
  });
}

async function countOne(limiter: RateLimiterAbstract, key: string): Promise<RateVerdict> {
  try {
    await limiter.consume(key);
    return within;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const { consumedPoints, msBeforeNext } = refused;
    return {
      level: consumedPoints > farOverFactor * limiter.points ? 'far_over' : 'over',
      isFirstOver: consumedPoints === limiter.points + 1,
      retryAfterS: Math.max(1, Math.ceil(msBeforeNext / 1000)),
    };
  }
}

const severity = { within: 0, over: 1, far_over: 2 } as const;

function worse(one: RateVerdict, other: RateVerdict): RateVerdict {
  const isOther = severity[other.level] > severity[one.level];
  return {
    level: isOther ? other.level : one.level,
    isFirstOver: one.isFirstOver || other.isFirstOver,
    retryAfterS: Math.max(one.retryAfterS, other.retryAfterS),
  };
}
