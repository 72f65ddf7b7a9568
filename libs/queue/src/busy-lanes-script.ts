/** KEYS: 1 the busy lanes, by when something was last added. ARGV: lanes. Tells executors of a new one. */
export const touchScript = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local is_new = false
for _, lane in ipairs(ARGV) do
  if redis.call('ZADD', KEYS[1], now, lane) == 1 then is_new = true end
end
if is_new then redis.call('PUBLISH', KEYS[1], '') end
return 0
`;

/**
 * KEYS: 1 the busy lanes, 2 the executors, by when they were last seen. ARGV: 1 this executor, 2 how long one
 * may be silent, 3 how long a lane is kept (ms), 4 what a queue's keys begin with. Answers both sets.
 */
export const lookScript = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)

-- Of later than now: the clock was set back, and who lives says so again.
redis.call('ZREMRANGEBYSCORE', KEYS[2], '(' .. now, '+inf')
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ARGV[2])
redis.call('ZADD', KEYS[2], now, ARGV[1])

local function is_empty(lane)
  local key = ARGV[4] .. lane .. ':'
  return redis.call('LLEN', key .. 'wait') == 0 and redis.call('LLEN', key .. 'paused') == 0
    and redis.call('LLEN', key .. 'active') == 0
    and redis.call('ZCARD', key .. 'prioritized') == 0 and redis.call('ZCARD', key .. 'delayed') == 0
end

-- An add comes before this, and the lane is young, or after it, and the lane is new: none is missed.
for _, lane in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[3], 'LIMIT', 0, 100)) do
  if is_empty(lane) then redis.call('ZREM', KEYS[1], lane) else redis.call('ZADD', KEYS[1], now, lane) end
end
return { redis.call('ZRANGE', KEYS[2], 0, -1), redis.call('ZRANGE', KEYS[1], 0, -1) }
`;

/** KEYS: 1 the busy lanes, 2 the executors. ARGV: 1 an executor, which stops: the others look at once. */
export const leaveScript = `
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('PUBLISH', KEYS[1], '')
return 0
`;

/** KEYS: 1 the busy lanes, 2 the executors. ARGV: 1 how long an executor may be silent (ms). Changes nothing. */
export const attendanceScript = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
return { redis.call('ZCOUNT', KEYS[2], '(' .. (now - ARGV[1]), now), redis.call('ZRANGE', KEYS[1], 0, -1) }
`;
