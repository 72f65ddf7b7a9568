/** Something that the scheduler cannot do without. */
export interface WatchedStore {
  /** @throws when it does not answer */
  ping(): Promise<unknown>;
  /** A ping that takes longer counts as failed (ms). */
  timeoutMs: number;
  /** Pings that must fail in a row before somebody is told. */
  failuresToTell: number;
  onAway(since: Date): void;
  onBack(since: Date): void;
  now(): Date;
}

export interface StoreWatch {
  /** Whether it answers now. */
  answers(): Promise<boolean>;
  /** Looks once, and tells what is new. */
  look(): Promise<void>;
}

/**
 * Tells once when a store is away, and once when it answers again. A ping that hangs is not joined
 * by others: it is the one connection that waits.
 */
export function watchStore(store: WatchedStore): StoreWatch {
  let failures = 0;
  let since = store.now();
  let hanging: Promise<boolean> | undefined;
  const ping = () => {
    hanging ??= store
      .ping()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        hanging = undefined;
      });
    return hanging;
  };
  const answers = async () => await withinTime(ping(), store.timeoutMs);
  const present = () => {
    if (failures >= store.failuresToTell) store.onBack(since);
    failures = 0;
  };
  const missing = () => {
    if (failures === 0) since = store.now();
    failures += 1;
    if (failures === store.failuresToTell) store.onAway(since);
  };
  return {
    answers,
    async look() {
      if (await answers()) present();
      else missing();
    },
  };
}

async function withinTime(answer: Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), timeoutMs);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
