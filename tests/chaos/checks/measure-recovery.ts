import type { Evidence } from '../evidence/evidence.ts';

/** How soon orders were sent again after a fault. */
export interface Recovery {
  fault: string;
  at: number;
  /** Orders that could have been sent when it was cured. */
  due: number;
  /** From the cure to the first call that left (ms); null: none left. */
  firstCallMs: number | null;
}

/** The recoveries that can be told: of faults after which orders were due. */
export function measureRecovery({ faults, witnessed }: Evidence): Recovery[] {
  return faults.flatMap(({ name, curedAt, due }) => {
    if (due === null || due === 0) return [];
    const first = witnessed.find(({ at }) => at > curedAt);
    const firstCallMs = first === undefined ? null : first.at - curedAt;
    return [{ fault: name, at: curedAt, due, firstCallMs }];
  });
}
