import { execFile } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from '@orderlane/local/find-on-path';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { parse } from 'yaml';
import { readBaseEnvironment, readSearchPath } from './config.ts';

const run = promisify(execFile);

/** A service as `docker-compose config` shows it, with everything filled in. */
export interface ComposeService {
  command?: string | string[];
  entrypoint?: string | string[];
  environment?: Record<string, string | number>;
  ports?: (string | { host_ip?: string; published: string | number; target: number })[];
  volumes?: (string | { source: string; target: string })[];
  stop_grace_period?: string;
  profiles?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  pids_limit?: number;
  deploy?: {
    replicas?: number;
    resources?: { limits?: { cpus?: string | number; memory?: string } };
  };
  secrets?: (string | { source: string })[];
  networks?: Record<string, { ipv4_address?: string } | null>;
  image?: string;
}

/** The compose file with everything filled in. */
export interface ComposeFile {
  services: Record<string, ComposeService>;
  networks: Record<string, { ipam?: { config?: Record<string, string>[] } }>;
  secrets: Record<string, { file?: string }>;
}

/** Where the tests are left out. */
export const noCompose: ComposeFile = { services: {}, networks: {}, secrets: {} };

/** `docker-compose`, or `docker compose` where that is installed; neither needs an engine here. */
export async function findCompose(): Promise<string[] | undefined> {
  if (await findOnPath('docker-compose', readSearchPath())) return ['docker-compose'];
  return await run('docker', ['compose', 'version']).then(
    () => ['docker', 'compose'],
    () => undefined,
  );
}

/**
 * What the compose file says with this `.env`.
 * @throws with the command's own words when it refuses the file
 */
export async function readCompose(
  [program = '', ...first]: string[],
  dotEnv: Record<string, string>,
): Promise<ComposeFile> {
  await using folder = await makeTemporaryFolder();
  await copyFile(
    new URL('../../docker-compose.yml', import.meta.url),
    path.join(folder.path, 'docker-compose.yml'),
  );
  const lines = Object.entries(dotEnv).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(path.join(folder.path, '.env'), lines.join(''));
  const profiles = ['demo', 'cli', 'monitoring'].flatMap((name) => ['--profile', name]);
  const { stdout } = await run(program, [...first, ...profiles, 'config'], {
    cwd: folder.path,
    env: readBaseEnvironment(),
  });
  return parse(stdout) as ComposeFile;
}
