/**
 * KEYS: 1 the account's hash (next, smart_next, exit_waits, smart_exit_waits), 2 its log of grants (only with windows).
 * ARGV: 1 gap, 2 smart gap (ms), 3 exit | entry, 4 regular | smart, then max and length (ms) of each window.
 * Answers 0 (go) or the time to wait before asking again (ms).
 */
export const gateScript = `
local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local gap, smart_gap = tonumber(ARGV[1]), tonumber(ARGV[2])
local is_exit, is_smart = ARGV[3] == 'exit', ARGV[4] == 'smart'
local seen = redis.call('HMGET', KEYS[1], 'next', 'smart_next', 'exit_waits', 'smart_exit_waits')

-- That an exit waits, until it has asked again: nobody sleeps for longer than half a second.
local function mark(name, wait)
  redis.call('HSET', KEYS[1], name, now + math.min(wait, 500) + 300)
end

-- Nothing known, so the last call may have been just now.
if not seen[1] then
  redis.call('HSET', KEYS[1], 'next', now + gap, 'smart_next', now + smart_gap)
  return tostring(is_smart and smart_gap or gap)
end

if is_smart then
  local smart_next = tonumber(seen[2] or '0')
  if smart_next > now then
    if is_exit then mark('smart_exit_waits', smart_next - now) end
    return tostring(smart_next - now)
  end
end

local wait = tonumber(seen[1]) - now
for i = 5, #ARGV, 2 do
  local max, length = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  local in_window = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. (now - length), '+inf', 'WITHSCORES')
  local over = #in_window / 2 - max
  if over >= 0 then wait = math.max(wait, tonumber(in_window[(over + 1) * 2]) + length - now) end
end

if wait > 0 then
  if is_exit then mark('exit_waits', wait) end
  return tostring(wait)
end
if is_exit then
  redis.call('HDEL', KEYS[1], 'exit_waits')
  if is_smart then redis.call('HDEL', KEYS[1], 'smart_exit_waits') end
elseif tonumber(seen[3] or '0') > now or is_smart and tonumber(seen[4] or '0') > now then
  return '5'
end

redis.call('HSET', KEYS[1], 'next', now + gap)
if is_smart then redis.call('HSET', KEYS[1], 'smart_next', now + smart_gap) end
local longest = 0
for i = 6, #ARGV, 2 do longest = math.max(longest, tonumber(ARGV[i])) end
if longest > 0 then
  redis.call('ZADD', KEYS[2], now, t[1] .. '.' .. t[2])
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - longest)
  redis.call('PEXPIRE', KEYS[2], longest)
end
return '0'
`;

/**
 * KEYS: 1 the account's hash. ARGV: 1 gap, 2 smart gap (ms), 3 regular | smart. Moves the next grants
 * so that they keep their gap from now.
 */
export const leftLateScript = `
local t = redis.call('TIME')
local now = t[1] * 1000 + t[2] / 1000
local seen = redis.call('HMGET', KEYS[1], 'next', 'smart_next')
redis.call('HSET', KEYS[1], 'next', math.max(tonumber(seen[1] or '0'), now + tonumber(ARGV[1])))
if ARGV[3] == 'smart' then
  redis.call('HSET', KEYS[1], 'smart_next', math.max(tonumber(seen[2] or '0'), now + tonumber(ARGV[2])))
end
return '0'
`;
