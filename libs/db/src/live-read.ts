/** Something of the database that changes rarely, as it was read last. */
export interface LiveRead<T> {
  /** Undefined before the first read. */
  last(): T | undefined;
  /** As it is: read anew when it was forgotten, or is older than `maxAgeMs`. @throws when Postgres is away */
  read(): Promise<T>;
  /** Something was changed: the next `read` asks the database. */
  forget(): void;
}

/** A read that hangs must not hold up who comes later: they ask for themselves (ms). */
const sharedForMs = 200;

export function createLiveRead<T>(deps: {
  load(): Promise<T>;
  monotonicNow(): number;
  maxAgeMs: number;
}): LiveRead<T> {
  const { monotonicNow, maxAgeMs } = deps;
  let last: { value: T; since: number } | undefined;
  let asking: { value: Promise<T>; since: number } | undefined;
  let forgottenAt = Number.NEGATIVE_INFINITY;
  const ask = async (since: number): Promise<T> => {
    const value = await deps.load();
    // What was asked for earlier, and answered later, is older.
    if (last === undefined || since >= last.since) last = { value, since };
    return value;
  };
  return {
    last: () => last?.value,
    async read() {
      const now = monotonicNow();
      const isFresh = (since: number) => since > forgottenAt && now - since <= maxAgeMs;
      if (last !== undefined && isFresh(last.since)) return last.value;
      const isShared =
        asking !== undefined && isFresh(asking.since) && now - asking.since <= sharedForMs;
      if (asking === undefined || !isShared) asking = { value: ask(now), since: now };
      return await asking.value;
    },
    forget() {
      forgottenAt = monotonicNow();
    },
  };
}
