import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findOnPath } from './find-on-path.ts';
import { findRedisProgram } from './find-redis-program.ts';
import type { RedisProgram } from './start-redis-program.ts';

const run = promisify(execFile);

/**
 * The first is enough on Debian and Ubuntu, and starts no system service; the second, which does
 * start one on its own port, is for releases that pack the server elsewhere.
 */
const PACKAGES = ['redis-tools', 'redis-server'];

const INSTALL_WITHIN_MS = 300_000;

export interface InstallDeps {
  /** Folders in which programs are looked for (a PATH). */
  searchPath: string;
  isRoot: boolean;
  /** Tells the person what is about to be installed. */
  say(text: string): void;
}

/**
 * Installs Debian's or Ubuntu's Redis package as root or by a sudo that asks for no password, and
 * says so before it does. Undefined where neither is to be had, or the installation fails.
 */
export async function installRedis(deps: InstallDeps): Promise<RedisProgram | undefined> {
  const aptGet = await findOnPath('apt-get', deps.searchPath);
  if (aptGet === undefined) return undefined;
  const prefix = deps.isRoot ? [] : await findSudo(deps.searchPath);
  if (prefix === undefined) return undefined;
  for (const name of PACKAGES) {
    if (!(await installPackage(deps, { command: [...prefix, aptGet], name }))) return undefined;
    const program = await findRedisProgram(deps.searchPath);
    if (program) return program;
  }
  return undefined;
}

async function findSudo(searchPath: string): Promise<string[] | undefined> {
  const sudo = await findOnPath('sudo', searchPath);
  if (sudo === undefined) return undefined;
  try {
    await run(sudo, ['-n', 'true'], { timeout: 5_000 });
    return [sudo, '-n'];
  } catch {
    return undefined;
  }
}

async function installPackage(
  deps: InstallDeps,
  install: { command: string[]; name: string },
): Promise<boolean> {
  const [program = '', ...before] = install.command;
  const commands = [
    [...before, 'update'],
    [...before, 'install', '-y', '--no-install-recommends', install.name],
  ];
  deps.say(
    `Redis is needed and was not found. Installing the system package ${install.name}: ${[program, ...(commands[1] ?? [])].join(' ')}`,
  );
  try {
    for (const args of commands) await run(program, args, { timeout: INSTALL_WITHIN_MS });
    return true;
  } catch (error) {
    deps.say(`That did not work: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
