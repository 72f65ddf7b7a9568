import type { RedisFacts } from '@orderlane/queue/redis-facts';
import { type Check, type Finding, note, well, wrong } from './finding.ts';

/** How Redis is set up: a full one must refuse, never forget a job. */
export function checkRedis({ version, evictionPolicy, appendOnly }: RedisFacts): Finding[] {
  return [
    well('redis', `version ${version} answers`),
    setting('redis_eviction', {
      ...{ name: 'maxmemory-policy', value: evictionPolicy, wanted: 'noeviction' },
      harm: 'under pressure it forgets jobs and the pace of accounts',
    }),
    setting('redis_persistence', {
      ...{ name: 'appendonly', value: appendOnly, wanted: 'yes' },
      harm: 'a restart forgets the pace of accounts and all jobs; the sweep adds those again',
    }),
  ];
}

function setting(
  check: Check,
  {
    name,
    value,
    wanted,
    harm,
  }: Record<'name' | 'wanted' | 'harm', string> & { value: string | null },
): Finding {
  if (value === null) return note(check, `${name} cannot be read here: let it be ${wanted}`);
  if (value === wanted) return well(check, `${name} is ${value}`);
  const cure = `In redis.conf: ${name} ${wanted}; now: redis-cli config set ${name} ${wanted}`;
  return wrong(check, `${name} is ${value}: ${harm}`, cure);
}
