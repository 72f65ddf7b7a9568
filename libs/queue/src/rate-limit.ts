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
 * part of a compound rate holds. Calls that come in one turn of the event loop are counted together.
 */
export function createRateLimit(deps: {
  redis: Redis;
  prefix: string;
  rates: readonly Rate[];
}): RateLimit {
  const counters = deps.rates.map((rate) => countTogether(createLimiter(deps, rate)));
  return {
    async count(key) {
      const verdicts = await Promise.all(counters.map(async (count) => await count(key)));
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

/** One question for all calls of a key in a turn: what a question costs is mostly its way. */
function countTogether(limiter: RateLimiterAbstract): (key: string) => Promise<RateVerdict> {
  let waiting = new Map<string, PromiseWithResolvers<RateVerdict>[]>();
  const ask = () => {
    const asking = waiting;
    waiting = new Map();
    for (const [key, calls] of asking) void answer(key, calls);
  };
  const answer = async (key: string, calls: PromiseWithResolvers<RateVerdict>[]) => {
    try {
      const verdicts = await countAll(limiter, { key, calls: calls.length });
      for (const [index, call] of calls.entries()) call.resolve(verdicts[index] ?? within);
    } catch (error) {
      for (const call of calls) call.reject(error);
    }
  };
  return async (key) => {
    const call = Promise.withResolvers<RateVerdict>();
    if (waiting.size === 0) setImmediate(ask);
    const beside = waiting.get(key);
    if (beside === undefined) waiting.set(key, [call]);
    else beside.push(call);
    return await call.promise;
  };
}

/** The verdict of each of so many calls, in their order. */
async function countAll(
  limiter: RateLimiterAbstract,
  { key, calls }: { key: string; calls: number },
): Promise<RateVerdict[]> {
  const { consumedPoints, msBeforeNext } = await consume(limiter, { key, calls });
  return Array.from({ length: calls }, (_none, index) =>
    verdictOf(limiter, { count: consumedPoints - calls + index + 1, msBeforeNext }),
  );
}

async function consume(
  limiter: RateLimiterAbstract,
  { key, calls }: { key: string; calls: number },
): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key, calls);
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return refused;
    throw refused;
  }
}

/** Of the call that is this one in its window. */
function verdictOf(
  limiter: RateLimiterAbstract,
  { count, msBeforeNext }: { count: number; msBeforeNext: number },
): RateVerdict {
  if (count <= limiter.points) return within;
  return {
    level: count > farOverFactor * limiter.points ? 'far_over' : 'over',
    isFirstOver: count === limiter.points + 1,
    retryAfterS: Math.max(1, Math.ceil(msBeforeNext / 1000)),
  };
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
