import { setTimeout as sleep } from 'node:timers/promises';
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

/** Longest stop and longest run of a process that stutters (ms of the machine, never divided). */
const STUTTER_MS = 120;
const STUTTERS = 60;

/** Held up for moments, again and again, as on a machine that has too much to do. */
const stutter: ChaosFault = {
  name: 'stutter-executors',
  async run(parts, random) {
    parts.timeline.add('fault', 'stutter-executors begins');
    for (let count = 0; count < STUTTERS && !parts.ending.aborted; count++) {
      const victim = parts.fleet.anyOf('executor', random);
      victim.signal('SIGSTOP');
      await sleep(random.between(10, STUTTER_MS));
      victim.signal('SIGCONT');
      await sleep(random.between(0, STUTTER_MS / 2));
    }
    parts.timeline.add('fault', 'stutter-executors is over');
    return Date.now();
  },
};

export const processFaults: readonly ChaosFault[] = [
  ended('kill-executor', 'SIGKILL', one('executor')),
  ended('kill-all-executors', 'SIGKILL', all('executor')),
  ended('end-executor', 'SIGTERM', one('executor')),
  // Past the job's lock and the send window, within the lease.
  stopped('stop-executor', one('executor'), ({ jobLockMs, sendWindowMs }) => {
    return 1.6 * Math.max(jobLockMs, sendWindowMs);
  }),
  stopped('stop-executor-past-lease', one('executor'), ({ leaseMs }) => 1.5 * leaseMs),
  stutter,
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
