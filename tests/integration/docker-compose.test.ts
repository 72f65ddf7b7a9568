import { access, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { configSchema as consoleSchema } from '@orderlane/console/config';
import { configSchema as executorSchema } from '@orderlane/executor/config';
import { configSchema as ingressSchema } from '@orderlane/ingress/config';
import { makeTemporaryFolder } from '@orderlane/local/temporary-folder';
import { parseConfig } from '@orderlane/runtime/config';
import { configSchema as schedulerSchema } from '@orderlane/scheduler/config';
import { describe, expect, test } from 'vitest';
import { type ComposeService, findCompose, noCompose, readCompose } from '../support/compose.ts';
import { readComposeRequired } from '../support/config.ts';

const compose = await findCompose();
const secretKey = 'a-secret-of-at-least-32-characters';
const dotEnv = {
  PUBLIC_URL: 'https://orderlane.example.com',
  INGRESS_PORT: '9000',
  LISTEN_HOST: '127.0.0.1',
  TRUSTED_PROXIES: '0.0.0.0/0',
};

describe.skipIf(compose === undefined && !readComposeRequired())('docker-compose.yml', async () => {
  const { services, networks } =
    compose === undefined ? noCompose : await readCompose(compose, dotEnv);

  test('starts every process of the system from a file that is there', async () => {
    expect(Object.keys(services).sort()).toEqual([
      'caddy',
      'cli',
      'console',
      'executor',
      'grafana',
      'ingress',
      'migrate',
      'postgres',
      'prometheus',
      'redis',
      'scheduler',
      'simulator',
    ]);
    for (const [name, entry] of [
      ['migrate', 'infra/cli/src/main.ts'],
      ['cli', 'infra/cli/src/main.ts'],
      ['ingress', 'services/ingress/src/main.ts'],
      ['executor', 'services/executor/src/main.ts'],
      ['scheduler', 'services/scheduler/src/main.ts'],
      ['console', 'services/console/src/main.ts'],
      ['simulator', 'infra/simulator/src/main.ts'],
    ] as const) {
      expect(commandOf(services[name])).toContain(`node ${entry}`);
      await access(new URL(`../../${entry}`, import.meta.url));
    }
  });

  test('gives each service an environment that it takes', async () => {
    await using secrets = await writeSecrets();
    const environment = (name: string) => secrets.in(textsOf(services[name]));
    expect(parseConfig(ingressSchema, environment('ingress')).INGRESS_PORT).toBe(8080);
    expect(parseConfig(executorSchema, environment('executor')).LISTEN_HOST).toBe('0.0.0.0');
    expect(parseConfig(schedulerSchema, environment('scheduler')).SCHEDULER_PORT).toBe(8083);
    expect(parseConfig(consoleSchema, environment('console')).CONSOLE_HOST).toBe('0.0.0.0');
    expect(parseConfig(executorSchema, environment('executor'))).toMatchObject({
      DATABASE_URL: 'postgres://orderlane:6b1f0c@postgres:5432/orderlane',
      ORDERLANE_SECRET_KEY: secretKey,
    });
    expect(parseConfig(consoleSchema, environment('console')).CONSOLE_URL).toBe(dotEnv.PUBLIC_URL);
  });

  test('gives each secret to who needs it, as a file and never as a text', () => {
    const holders = (secret: string) =>
      Object.entries(services)
        .filter(([, service]) => secretsOf(service).includes(secret))
        .map(([name]) => name)
        .sort();
    expect(holders('secret_key')).toEqual(['cli', 'console', 'executor', 'scheduler']);
    expect(holders('postgres_password')).toEqual(
      ['cli', 'console', 'executor', 'ingress', 'migrate', 'postgres', 'scheduler'].sort(),
    );
    expect(holders('grafana_password')).toEqual(['grafana']);
    const texts = Object.values(services).flatMap((service) => Object.entries(textsOf(service)));
    const told = texts.filter(([name]) => /PASSWORD|SECRET|TOKEN/.test(name));
    expect(told.filter(([name, value]) => value !== '' && !name.endsWith('_FILE'))).toEqual([]);
    for (const [, value] of told) expect(value).toMatch(/^(\/run\/secrets\/\w+)?$/);
  });

  test('publishes Caddy to the world and everything else to this machine only', () => {
    const published = Object.entries(services).flatMap(([name, service]) =>
      (service.ports ?? []).map((port) => `${name} ${publishedOn(port)}`),
    );
    expect(published.sort()).toEqual([
      'caddy :443',
      'caddy :80',
      'console 127.0.0.1:8081',
      'grafana 127.0.0.1:3000',
      'prometheus 127.0.0.1:9090',
      'simulator 127.0.0.1:5055',
    ]);
  });

  test('runs two of what must not be missed, and nothing stands in the way of more', () => {
    for (const name of ['ingress', 'executor', 'scheduler']) {
      const service = services[name];
      expect([name, service?.deploy?.replicas]).toEqual([name, 2]);
      expect(service).not.toHaveProperty('container_name');
      expect(service).not.toHaveProperty('ports');
      const addresses = Object.values(service?.networks ?? {}).map((each) => each?.ipv4_address);
      expect(addresses.filter((address) => address !== undefined)).toEqual([]);
    }
  });

  test('believes Caddy, at its one address, and nobody else, of who calls', () => {
    const address = services['caddy']?.networks?.['edge']?.ipv4_address;
    expect(address).toBe('10.231.80.2');
    for (const name of ['ingress', 'console']) {
      expect(textsOf(services[name])['TRUSTED_PROXIES']).toBe(address);
    }
  });

  test('shows Caddy no more than who must be reached from outside', () => {
    const onEdge = Object.entries(services).filter(([, { networks: on }]) => on && 'edge' in on);
    expect(onEdge.map(([name]) => name).sort()).toEqual([
      'caddy',
      'console',
      'ingress',
      'prometheus',
    ]);
    expect(Object.keys(services['caddy']?.networks ?? {})).toEqual(['edge']);
  });

  test('lets Caddy look at every address that an ingress may get, and only at those', async () => {
    const [config] = networks['edge']?.ipam?.config ?? [];
    expect(config).toMatchObject({ subnet: '10.231.80.0/24', ip_range: '10.231.80.16/28' });
    const caddyfile = await readFile(
      new URL('../../infra/docker/Caddyfile', import.meta.url),
      'utf8',
    );
    const looked = [...caddyfile.matchAll(/\{\$EDGE_NETWORK\}\.(\d+):/g)].map(([, last]) =>
      Number(last),
    );
    expect(looked).toEqual(Array.from({ length: 16 }, (_, index) => 16 + index));
    expect(textsOf(services['caddy'])['EDGE_NETWORK']).toBe('10.231.80');
  });

  test('lets an executor wait for its longest call when it is stopped', async () => {
    await using secrets = await writeSecrets();
    const texts = secrets.in(textsOf(services['executor']));
    const { CALL_TIMEOUT_MS } = parseConfig(executorSchema, texts);
    const grace = Temporal.Duration.from(
      `PT${services['executor']?.stop_grace_period?.toUpperCase()}`,
    );
    expect(grace.total('milliseconds')).toBeGreaterThan(CALL_TIMEOUT_MS + 5_000);
  });

  test('keeps Postgres and the lanes over a restart', () => {
    expect(JSON.stringify(services['postgres']?.volumes)).toContain('/var/lib/postgresql');
    expect(JSON.stringify(services['redis']?.volumes)).toContain('/data');
    expect(JSON.stringify(services['redis']?.volumes)).toContain('infra/docker/redis.conf');
  });

  test('refuses to start without an address', async () => {
    await expect(readCompose(compose ?? [], { ...dotEnv, PUBLIC_URL: '' })).rejects.toThrow(
      'set it in .env',
    );
  });
});

/** The files of /run/secrets, and environments that find them here. */
async function writeSecrets() {
  const folder = await makeTemporaryFolder();
  await writeFile(path.join(folder.path, 'postgres_password'), '6b1f0c\n');
  await writeFile(path.join(folder.path, 'secret_key'), `${secretKey}\n`);
  const here = (value: string) => value.replace('/run/secrets', folder.path);
  return {
    in: (texts: Record<string, string>) =>
      Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, here(value)])),
    [Symbol.asyncDispose]: async () => await folder[Symbol.asyncDispose](),
  };
}

function secretsOf(service: ComposeService): string[] {
  return (service.secrets ?? []).map((each) => (typeof each === 'string' ? each : each.source));
}

function commandOf(service: ComposeService | undefined): string {
  return [service?.entrypoint, service?.command].flat().join(' ');
}

function textsOf(service: ComposeService | undefined): Record<string, string> {
  const entries = Object.entries(service?.environment ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function publishedOn(port: NonNullable<ComposeService['ports']>[number]): string {
  if (typeof port === 'string') return port.slice(0, port.lastIndexOf(':'));
  return `${port.host_ip ?? ''}:${port.published}`;
}
