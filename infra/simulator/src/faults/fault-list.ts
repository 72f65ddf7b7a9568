import { type Fault, type FaultGroup, faultKinds } from './fault.ts';

/** What a call says about itself when faults are chosen for it. */
export interface FaultTarget {
  readonly endpoint: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The faults that meet one call, one of a group at the most. */
export type FaultsTaken = Partial<Record<FaultGroup, Fault>>;

/** A fault that is set, with its number. */
export interface SetFault {
  readonly id: number;
  readonly fault: Fault;
  /** Calls it is still for; undefined when it has no end. */
  left: number | undefined;
  met: number;
  random: () => number;
}

const none: FaultsTaken = Object.freeze({});

/** The faults that are set, in the order they were set. */
export class FaultList {
  #faults: SetFault[] = [];
  #number = 0;

  add(fault: Fault): number {
    this.#number += 1;
    const random = seededRandom(fault.seed ?? this.#number);
    this.#faults.push({ id: this.#number, fault, left: fault.times, met: 0, random });
    return this.#number;
  }

  clear(): void {
    this.#faults = [];
  }

  remove(id: number): void {
    this.#faults = this.#faults.filter((set) => set.id !== id);
  }

  list(): readonly SetFault[] {
    return this.#faults;
  }

  /** Chooses the faults of a call and counts them down. */
  take(target: FaultTarget): FaultsTaken {
    if (this.#faults.length === 0) return none;
    const taken: FaultsTaken = {};
    for (const set of this.#faults) {
      const { group } = faultKinds[set.fault.kind];
      if (taken[group] !== undefined || !matches(set.fault, target) || !isDrawn(set)) continue;
      taken[group] = drawn(set);
      set.met += 1;
      if (set.left !== undefined) set.left -= 1;
    }
    if (this.#faults.some((set) => set.left === 0)) {
      this.#faults = this.#faults.filter((set) => set.left !== 0);
    }
    return taken;
  }
}

/** A delay with its jitter drawn; every other fault as it is. */
function drawn({ fault, random }: SetFault): Fault {
  if (fault.kind !== 'delay' || fault.jitterMs === undefined) return fault;
  return { ...fault, ms: fault.ms + fault.jitterMs * random() };
}

function isDrawn(set: SetFault): boolean {
  return set.fault.probability === undefined || set.random() < set.fault.probability;
}

const bodyFields = ['symbol', 'exchange', 'product', 'action', 'apikey'] as const;

function matches(fault: Fault, { endpoint, body }: FaultTarget): boolean {
  const endpoints = fault.endpoints ?? faultKinds[fault.kind].endpoints;
  if (endpoints !== undefined && !endpoints.includes(endpoint)) return false;
  return bodyFields.every((name) => fault[name] === undefined || fault[name] === body[name]);
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
