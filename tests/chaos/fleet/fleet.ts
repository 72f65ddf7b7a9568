import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Child, describeExit, startChild } from '@orderlane/local/start-child';
import { readBaseEnvironment } from '../../support/config.ts';
import type { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';

export type Service = 'ingress' | 'executor' | 'scheduler';

export interface MemberSpec {
  /** Such as "executor-2". */
  name: string;
  service: Service;
  port: number;
  /** Made anew for each start: its clock goes on where the others are. */
  env(): Record<string, string>;
}

/** A process of the system that is started again whenever it ends. */
export interface Member {
  readonly name: string;
  readonly service: Service;
  readonly port: number;
  isReady(): Promise<boolean>;
  signal(signal: NodeJS.Signals): void;
}

export interface Fleet extends AsyncDisposable {
  readonly members: readonly Member[];
  of(service: Service): readonly Member[];
  anyOf(service: Service, random: Random): Member;
  /** Whether every process runs and is ready. */
  isWhole(): Promise<boolean>;
}

/** A supervisor such as systemd or Docker waits a moment before it starts a process again. */
const RESTART_AFTER_MS = 300;
const READY_LINE = '"event":"service_started"';
const READY_WITHIN_MS = 500;
const STOP_WITHIN_MS = 20_000;

interface FleetDeps {
  timeline: Timeline;
  /** Takes one log for each process. */
  logFolder: string;
}

/** Starts the processes and keeps each of them running until disposed of. */
export function startFleet(deps: FleetDeps, specs: readonly MemberSpec[]): Fleet {
  const kept = specs.map((spec) => keepRunning(deps, spec));
  const members = kept.map(({ member }) => member);
  const of = (service: Service) => members.filter((member) => member.service === service);
  return {
    members,
    of,
    anyOf: (service, random) => random.pick(of(service)),
    async isWhole() {
      const ready = await Promise.all(members.map(async (member) => await member.isReady()));
      return ready.every(Boolean);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(kept.map(async ({ stop }) => await stop()));
    },
  };
}

interface Kept {
  spec: MemberSpec;
  child: Child | undefined;
  isStopping: boolean;
}

function keepRunning(deps: FleetDeps, spec: MemberSpec) {
  const kept: Kept = { spec, child: undefined, isStopping: false };
  const log = createWriteStream(`${deps.logFolder}/${spec.name}.log`, { flags: 'a' });
  const ended = runAgainAndAgain(deps, kept, log);
  const member: Member = {
    name: spec.name,
    service: spec.service,
    port: spec.port,
    isReady: async () => !(kept.child?.hasExited() ?? true) && (await answersReady(spec.port)),
    signal: (signal) => kept.child?.signal(signal),
  };
  const stop = async () => {
    kept.isStopping = true;
    kept.child?.signal('SIGCONT');
    await kept.child?.stop(STOP_WITHIN_MS);
    await ended;
    log.end();
  };
  return { member, stop };
}

async function runAgainAndAgain(deps: FleetDeps, kept: Kept, log: WriteStream): Promise<void> {
  const { spec } = kept;
  while (await mayStart(kept)) {
    const child = await startMember(spec, (line) => {
      log.write(`${line}\n`);
      if (line.includes(READY_LINE)) deps.timeline.add('process', `${spec.name} is ready`);
    });
    kept.child = child;
    deps.timeline.add('process', `${spec.name} started, pid ${child.pid}`);
    const exit = await child.exited;
    deps.timeline.add('process', `${spec.name} ended: ${describeExit(exit)}`);
  }
}

/** The first start is at once; a process that ended has to wait. */
async function mayStart(kept: Kept): Promise<boolean> {
  if (kept.child !== undefined && !kept.isStopping) await sleep(RESTART_AFTER_MS);
  return !kept.isStopping;
}

async function startMember(spec: MemberSpec, onLine: (line: string) => void): Promise<Child> {
  const entry = `../../../services/${spec.service}/src/main.ts`;
  return await startChild({
    name: spec.name,
    command: process.execPath,
    args: [fileURLToPath(new URL(entry, import.meta.url))],
    env: { ...readBaseEnvironment(), ...spec.env() },
    stopSignal: 'SIGTERM',
    ipc: true,
    onLine,
  });
}

async function answersReady(port: number): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(READY_WITHIN_MS);
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
