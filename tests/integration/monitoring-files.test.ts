import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { registerAll } from '../support/all-metrics.ts';
import { describeWithPromtool, promtool } from '../support/promtool.ts';

const pathOf = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const read = async (file: string) => await readFile(pathOf(file), 'utf8');

interface ScrapeConfig {
  job_name: string;
  dns_sd_configs: { names: string[]; port: number }[];
}

describeWithPromtool('promtool', () => {
  test('takes the rules and the configuration of Prometheus', async () => {
    const rules = await promtool(['check', 'rules', pathOf('infra/monitoring/alerts.yml')]);
    expect(rules).toContain('SUCCESS');
    const config = pathOf('infra/monitoring/prometheus.yml');
    expect(await promtool(['check', 'config', '--syntax-only', config])).toContain('SUCCESS');
  });

  test('sees every alert fire in the state that it is for, and none when all is well', async () => {
    const played = await promtool(['test', 'rules', pathOf('infra/monitoring/alerts.test.yml')]);
    expect(played).toContain('SUCCESS');
    const alerts = (await read('infra/monitoring/alerts.yml')).matchAll(/- alert: (\w+)/g);
    const expected = await read('infra/monitoring/alerts.test.yml');
    for (const [, name] of alerts) expect(expected).toContain(`alertname="${name}"`);
  });

  test('finds nothing wrong with the names, types and helps of our figures', async () => {
    for (const metrics of registerAll().values()) {
      const lines = (await metrics.text()).split('\n').filter((line) => /\borderlane_/.test(line));
      await promtool(['check', 'metrics'], `${lines.join('\n')}\n`);
    }
  });
});

test('Prometheus asks every process of the compose file, at its port', async () => {
  const { scrape_configs: jobs } = parse(await read('infra/monitoring/prometheus.yml')) as {
    scrape_configs: ScrapeConfig[];
  };
  const compose = await read('docker-compose.yml');
  const own = jobs.filter(({ job_name }) => job_name !== 'caddy');
  const [front] = jobs.filter(({ job_name }) => job_name === 'caddy');
  const port = front?.dns_sd_configs[0]?.port;
  expect(await read('infra/docker/Caddyfile')).toContain(`{$METRICS_PORT:${port}}`);
  expect(own.map(({ job_name }) => job_name).sort()).toEqual([...registerAll().keys()].sort());
  for (const { job_name, dns_sd_configs } of own) {
    const [target] = dns_sd_configs;
    expect(target?.names).toEqual([job_name]);
    expect(compose).toContain(`${job_name.toUpperCase()}_PORT: ${target?.port}`);
  }
});
