import type { Member, Service } from '../fleet/fleet.ts';
import type { Random } from '../random.ts';
import type { Times } from '../times.ts';
import { type ChaosFault, during, type FaultParts } from './fault.ts';

type Choose = (parts: FaultParts, random: Random) => readonly Member[];

const one =
  (service: Service): Choose =>
  ({ fleet }, random) => [fleet.anyOf(service, random)];
const all =
  (service: Service): Choose =>
  ({ fleet }) =>
    fleet.of(service);

/** The supervisor starts it again; whoever is left goes on at once. */
function ended(name: string, signal: 'SIGKILL' | 'SIGTERM', choose: Choose): ChaosFault {
  return {
    name,
    async run(parts, random) {
      const victims = choose(parts, random);
      for (const victim of victims) {
        parts.timeline.add('fault', `${name}: ${signal} to ${victim.name}`);
        victim.signal(signal);
      }
      return await Promise.resolve(Date.now());
    },
  };
}

/** Stopped in the middle of whatever it did, its connections open, and continued. */
function stopped(name: string, choose: Choose, undividedMs: (times: Times) => number): ChaosFault {
  return {
    name,
    async run(parts, random) {
      const victims = choose(parts, random);
      const signal = (what: NodeJS.Signals) => {
        for (const victim of victims) {
          parts.timeline.add('fault', `${name}: ${what} to ${victim.name}`);
          victim.signal(what);
        }
      };
      return await during(parts, {
        ms: undividedMs(parts.times) * parts.times.divide,
        breakIt: async () => await Promise.resolve(signal('SIGSTOP')),
        mend: async () => await Promise.resolve(signal('SIGCONT')),
      });
    },
  };
}

export const processFaults: readonly ChaosFault[] = [
  ended('kill-executor', 'SIGKILL', one('executor')),
  ended('kill-all-executors', 'SIGKILL', all('executor')),
  ended('end-executor', 'SIGTERM', one('executor')),
  // Past the job's lock and the send window, within the lease.
  stopped('stop-executor', one('executor'), ({ jobLockMs, sendWindowMs }) => {
    return 1.6 * Math.max(jobLockMs, sendWindowMs);
  }),
  stopped('stop-executor-past-lease', one('executor'), ({ leaseMs }) => 1.5 * leaseMs),
  stopped('stop-all-executors', all('executor'), ({ leaseMs }) => 1.2 * leaseMs),
  ended('kill-ingress', 'SIGKILL', one('ingress')),
  ended('kill-all-ingresses', 'SIGKILL', all('ingress')),
  ended('end-ingress', 'SIGTERM', one('ingress')),
  stopped('stop-ingress', one('ingress'), ({ senderPatienceMs }) => 2 * senderPatienceMs),
  stopped('stop-ingress-past-duplicates', one('ingress'), ({ duplicateWindowMs }) => {
    return 1.4 * duplicateWindowMs;
  }),
  ended('kill-scheduler', 'SIGKILL', one('scheduler')),
  ended('kill-all-schedulers', 'SIGKILL', all('scheduler')),
  stopped('stop-scheduler', one('scheduler'), ({ leaseMs }) => 1.2 * leaseMs),
];
