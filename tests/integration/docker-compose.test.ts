import { access } from 'node:fs/promises';
import { configSchema as consoleSchema } from '@orderlane/console/config';
import { configSchema as executorSchema } from '@orderlane/executor/config';
import { configSchema as ingressSchema } from '@orderlane/ingress/config';
import { parseConfig } from '@orderlane/runtime/config';
import { configSchema as schedulerSchema } from '@orderlane/scheduler/config';
import { describe, expect, test } from 'vitest';
import { type ComposeService, findCompose, readCompose } from '../support/compose.ts';
import { readComposeRequired } from '../support/config.ts';

const compose = await findCompose();
const dotEnv = {
  ORDERLANE_SECRET_KEY: 'a-secret-of-at-least-32-characters',
  POSTGRES_PASSWORD: '6b1f0c',
  INGRESS_PORT: '9000',
  LISTEN_HOST: '127.0.0.1',
};

describe.skipIf(compose === undefined && !readComposeRequired())('docker-compose.yml', async () => {
  const services = compose === undefined ? {} : await readCompose(compose, dotEnv);

  test('starts every process of the system from a file that is there', async () => {
    expect(Object.keys(services).sort()).toEqual([
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

  test('gives each service an environment that it takes', () => {
    const environment = (name: string) => textsOf(services[name]);
    expect(parseConfig(ingressSchema, environment('ingress')).INGRESS_PORT).toBe(8080);
    expect(parseConfig(executorSchema, environment('executor')).LISTEN_HOST).toBe('0.0.0.0');
    expect(parseConfig(schedulerSchema, environment('scheduler')).SCHEDULER_PORT).toBe(8083);
    expect(parseConfig(consoleSchema, environment('console')).CONSOLE_HOST).toBe('0.0.0.0');
    expect(environment('executor')['DATABASE_URL']).toContain(':6b1f0c@postgres:');
  });

  test('gives the secret key only to who opens stored API keys', () => {
    const holders = Object.entries(services)
      .filter(([, service]) =>
        Object.values(textsOf(service)).includes(dotEnv.ORDERLANE_SECRET_KEY),
      )
      .map(([name]) => name);
    expect(holders.sort()).toEqual(['cli', 'console', 'executor', 'migrate', 'scheduler']);
  });

  test('publishes the ingress to the world and everything else to this machine only', () => {
    const published = Object.entries(services).flatMap(([name, service]) =>
      (service.ports ?? []).map((port) => [name, publishedOn(port)]),
    );
    expect(Object.fromEntries(published)).toEqual({
      ingress: ':9000',
      console: '127.0.0.1:8081',
      grafana: '127.0.0.1:3000',
      prometheus: '127.0.0.1:9090',
      simulator: '127.0.0.1:5055',
    });
  });

  test('lets an executor wait for its longest call when it is stopped', () => {
    const { CALL_TIMEOUT_MS } = parseConfig(executorSchema, textsOf(services['executor']));
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

  test('refuses to start without a password', async () => {
    await expect(readCompose(compose ?? [], { ...dotEnv, POSTGRES_PASSWORD: '' })).rejects.toThrow(
      'set it in .env',
    );
  });
});

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
