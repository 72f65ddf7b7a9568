/** So many questions in a row without an answer are an outage; a restart of Postgres takes fewer. */
const tooMany = 8;

export interface PostgresWatch extends Disposable {
  /** Nothing has been answered for so long that others should do this process's work. */
  isAway(): boolean;
}

/**
 * Asks Postgres over and over. Questions are counted, not seconds: a process that stood still has missed nothing.
 * One that hangs does not hold up the next, and its answer counts whenever it comes.
 */
export function watchPostgres(deps: {
  ping(): Promise<void>;
  askEveryMs: number;
  onChange(isAway: boolean): void;
}): PostgresWatch {
  let unanswered = 0;
  let isAway = false;
  const tell = (isNowAway: boolean) => {
    if (isNowAway === isAway) return;
    isAway = isNowAway;
    deps.onChange(isAway);
  };
  const answered = () => {
    unanswered = 0;
    tell(false);
  };
  const ask = () => {
    if (unanswered >= tooMany) tell(true);
    unanswered += 1;
    deps.ping().then(answered, () => undefined);
  };
  const timer = setInterval(ask, deps.askEveryMs);
  return { isAway: () => isAway, [Symbol.dispose]: () => clearInterval(timer) };
}
