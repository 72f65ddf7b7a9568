/** The simulator's time of day. It moves with the process, from an instant that can be set. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Moves the clock to this instant; it goes on from there. */
  set(epochMs: number): void;
}

/** A clock that starts at `startAt` (an ISO instant), or at the machine's time. */
export function createClock(startAt?: string): Clock {
  const at = startAt === undefined ? Date.now() : Temporal.Instant.from(startAt).epochMilliseconds;
  let offsetMs = at - Date.now();
  return {
    now: () => Date.now() + offsetMs,
    set: (epochMs) => {
      offsetMs = epochMs - Date.now();
    },
  };
}

/** Date and time of day in India, as OpenAlgo writes them. */
export interface IndianTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:MM:SS` */
  readonly time: string;
  readonly minuteOfDay: number;
}

let lastSecond = Number.NaN;
let lastTime: IndianTime = { date: '', time: '', minuteOfDay: 0 };

/** `epochMs` in Asia/Kolkata; the conversion is kept for the second, because every order needs it. */
export function indianTime(epochMs: number): IndianTime {
  const second = Math.floor(epochMs / 1000);
  if (second === lastSecond) return lastTime;
  const zoned = Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO(
    'Asia/Kolkata',
  );
  lastSecond = second;
  lastTime = {
    date: zoned.toPlainDate().toString(),
    time: zoned.toPlainTime().toString({ smallestUnit: 'second' }),
    minuteOfDay: zoned.hour * 60 + zoned.minute,
  };
  return lastTime;
}

/** `YYYY-MM-DD HH:MM:SS`, without a zone, as order rows carry it. */
export function timestamp(epochMs: number): string {
  const { date, time } = indianTime(epochMs);
  return `${date} ${time}`;
}
