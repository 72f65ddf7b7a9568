import type { OrderId } from '@orderlane/domain/ids';

/** A lane as the claims see it: wake-up calls, in any order, sometimes twice. */
export interface Jobs {
  add(ids: readonly OrderId[]): void;
  /** Takes the job at this place, counted around; undefined when there is none. */
  take(place: number, again: boolean): OrderId | undefined;
}

export function createJobs(): Jobs {
  const waiting = new Set<OrderId>();
  return {
    add(ids) {
      for (const id of ids) waiting.add(id);
    },
    take(place, again) {
      const id = [...waiting][place % waiting.size];
      if (id !== undefined && !again) waiting.delete(id);
      return id;
    },
  };
}
