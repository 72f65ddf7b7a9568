import { LocalStackError } from './local-stack-error.ts';
import type { RedisProgram } from './start-redis-program.ts';

/** Where this machine's Redis comes from. */
export type RedisSource =
  | { kind: 'url'; redisUrl: string }
  | { kind: 'program'; program: RedisProgram }
  | { kind: 'docker' };

/** The ways to come by a Redis, in the order in which they are tried. */
export interface RedisWays {
  redisUrl: string | undefined;
  findProgram(): Promise<RedisProgram | undefined>;
  dockerAnswers(): Promise<boolean>;
  /** Installs the system's package if it may, else answers undefined. */
  install(): Promise<RedisProgram | undefined>;
}

/**
 * Redis is not on npm, so it is looked for: a given address, a program on the PATH, Docker, and
 * last the Debian or Ubuntu package.
 * @throws LocalStackError that says what to install
 */
export async function findRedis(ways: RedisWays): Promise<RedisSource> {
  if (ways.redisUrl) return { kind: 'url', redisUrl: ways.redisUrl };
  const present = await ways.findProgram();
  if (present) return { kind: 'program', program: present };
  if (await ways.dockerAnswers()) return { kind: 'docker' };
  const installed = await ways.install();
  if (installed) return { kind: 'program', program: installed };
  throw new LocalStackError(howToGetRedis(process.platform));
}

/** What a person has to do on a system where none of the ways leads to a Redis. */
export function howToGetRedis(platform: NodeJS.Platform): string {
  const first = 'Redis is needed and was not found.';
  const last = 'Or set REDIS_URL to a Redis 6.2 or newer (redis://host:6379).';
  return [first, ...(CURES[platform] ?? CURES_ELSEWHERE), last].join('\n');
}

const CURES: Partial<Record<NodeJS.Platform, string[]>> = {
  win32: [
    'Redis has no Windows version. Do one of these, then run the command again:',
    '  - WSL2: run "wsl --install" in PowerShell as administrator, restart Windows, open Ubuntu, and clone and start Orderlane in there.',
    '  - Docker Desktop: install it from https://www.docker.com/products/docker-desktop/ and start it; Orderlane then runs Redis in it.',
  ],
  darwin: [
    'Install it with "brew install redis" (it need not be started as a service), or start Docker Desktop, then run the command again.',
  ],
};

const CURES_ELSEWHERE = [
  'Install redis-server or valkey-server with your package manager (Debian, Ubuntu: "sudo apt-get install redis-tools"; Fedora: "sudo dnf install valkey"; Arch: "sudo pacman -S valkey"), or start Docker, then run the command again.',
];
