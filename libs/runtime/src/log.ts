import { type DestinationStream, type Logger, pino } from 'pino';
import { redactLine } from './redact-line.ts';

export type Log = Logger;

export interface LogOptions {
  /** The process that writes, as in "executor". */
  service: string;
  /** info */
  level?: string;
  /** Standard output. */
  destination?: DestinationStream;
}

/** A logger of one JSON object a line: `time`, `level`, `service`, `msg`, `event` and details. */
export function createLogger(options: LogOptions): Log {
  return pino(
    {
      level: options.level ?? 'info',
      base: { service: options.service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redactLine },
    },
    // Written at once: the last line before a crash is the one that matters.
    options.destination ?? pino.destination({ fd: 1, sync: true }),
  );
}
