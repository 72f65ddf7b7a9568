import { randomBytes } from 'node:crypto';

export interface RedisSettings {
  port: number;
  /** The environment variable that chooses the port, named when it is taken. */
  portVariable?: string;
  /** Holds the append-only file; made when missing, continued when there. */
  dir: string;
  /** Asked of everyone who connects: a container's port can be reached from other machines. */
  password: string;
  /** Whether writes go to an append-only file, so that a restart keeps the lanes. */
  appendOnly: boolean;
  onLine?: (line: string) => void;
}

/** A Redis of our own, as a program or in Docker. */
export interface LocalRedis extends AsyncDisposable {
  readonly port: number;
  readonly redisUrl: string;
  /** Resolves when the server has ended, with how it did. */
  readonly ended: Promise<string>;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Ends it as a power cut would (SIGKILL). */
  kill(): Promise<void>;
  /** It keeps its connections and answers nothing (SIGSTOP), until resumed. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/** What a lane needs of Redis: a full one must refuse, never forget a job (`noeviction`). */
export function redisOptions(settings: { appendOnly: boolean }): [name: string, value: string][] {
  return [
    ['appendonly', settings.appendOnly ? 'yes' : 'no'],
    ['appendfsync', 'everysec'],
    ['save', '""'],
    ['maxmemory-policy', 'noeviction'],
  ];
}

/** The address of a Redis of ours. */
export function redisUrlOf(host: string, { port, password }: RedisSettings): string {
  return `redis://:${password}@${host}:${port}`;
}

/** A password for a Redis that runs no longer than we do. */
export function makeRedisPassword(): string {
  return randomBytes(18).toString('base64url');
}
