import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { registerAll } from '../support/all-metrics.ts';
import { listOptions } from '../support/commands-of.ts';

const root = new URL('../../', import.meta.url);
const read = async (file: string) => await readFile(new URL(file, root), 'utf8');

const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string() }),
        }),
      ),
    }),
  ),
});
const dashboardSchema = z.object({
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).optional(),
    }),
  ),
});

/** The labels of each metric; Prometheus adds its own to all of them. */
const labelsOf = new Map<string, Set<string>>();
let rules: z.infer<typeof rulesSchema>['groups'][number]['rules'];
let panels: z.infer<typeof dashboardSchema>['panels'];
/** What docs/operations.md says of each alert. */
let paragraphs: Map<string, string>;

beforeAll(async () => {
  for (const metrics of registerAll().values()) {
    for (const { name, labels } of metrics.described()) {
      labelsOf.set(name, new Set([...labels, 'job', 'instance', 'service', 'le']));
    }
  }
  rules = rulesSchema
    .parse(parse(await read('infra/monitoring/alerts.yml')))
    .groups.flatMap((group) => group.rules);
  const dashboard = await read('infra/monitoring/grafana/dashboards/orderlane.json');
  panels = dashboardSchema.parse(JSON.parse(dashboard)).panels;
  const [, section = ''] = (await read('docs/operations.md')).split('\n## Alerts of the metrics\n');
  const [mine = ''] = section.split(/\n## /);
  const parts = mine.split(/^### /m).slice(1);
  paragraphs = new Map(parts.map((part) => [part.split('\n', 1)[0] ?? '', part]));
});

const named = (text: string) => text.match(/\b(?:orderlane|nodejs|process)_[a-z0-9_]+/g) ?? [];
const isMetric = (name: string) =>
  labelsOf.has(name) || labelsOf.has(name.replace(/_(bucket|count|sum)$/, ''));

function expressions(): string[] {
  const shown = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
  return [...rules.map(({ expr }) => expr), ...shown];
}

test('every metric that a rule, the dashboard or a document names is registered by a process', async () => {
  const documents = await Promise.all(
    ['docs/operations.md', 'docs/architecture.md', 'README.md'].map(read),
  );
  const unknown = [...expressions(), ...documents].flatMap(named).filter((name) => !isMetric(name));
  expect(unknown).toEqual([]);
});

test('every label that an expression picks by is a label of its metric', () => {
  const wrong = expressions().flatMap((expr) =>
    [...expr.matchAll(/([a-z][a-z0-9_]+)\{([^}]*)\}/g)].flatMap(([, name = '', matchers = '']) => {
      const labels = labelsOf.get(name) ?? labelsOf.get(name.replace(/_(bucket|count|sum)$/, ''));
      return [...matchers.matchAll(/(\w+)=~?"/g)].flatMap(([, label = '']) =>
        name === 'up' || labels?.has(label) ? [] : [`${name}{${label}}`],
      );
    }),
  );
  expect(wrong).toEqual([]);
});

test('every metric of Orderlane’s own is on the dashboard', () => {
  const used = new Set(expressions().flatMap(named));
  const own = [...labelsOf.keys()].filter((name) => name.startsWith('orderlane_'));
  expect(own.filter((name) => !used.has(name) && !used.has(`${name}_bucket`))).toEqual([]);
});

test('no metric has a label by strategy, symbol or order', () => {
  const all = [...labelsOf].flatMap(([name, labels]) => [...labels].map((label) => [name, label]));
  expect(all.filter(([, label = '']) => /strategy|symbol|order|signal|_id$/.test(label))).toEqual(
    [],
  );
});

test('every alert has its paragraph in docs/operations.md, and every paragraph its alert', () => {
  expect([...paragraphs.keys()].sort()).toEqual(rules.map(({ alert }) => alert).sort());
  for (const paragraph of paragraphs.values()) {
    expect(paragraph).toMatch(/^\w+\n\n[A-Z].+\n\nLook at: .+\n\nDo: .+\.\n*$/s);
  }
});

test('every command that the document names is a command, and takes the options it is given', async () => {
  const options = listOptions();
  const known = [...options.keys()].toSorted((a, b) => b.length - a.length);
  const document = await read('docs/operations.md');
  const said = [...document.matchAll(/`orderlane\s+([a-z][^`]+)`|^ *orderlane ([a-z].+)$/gm)];
  expect(said.length).toBeGreaterThan(20);
  const wrong = said.flatMap(([, quoted, line]) => {
    const command = (quoted ?? line ?? '').replaceAll('\n', ' ');
    const words = known.find((name) => `${command} `.startsWith(`${name} `));
    if (words === undefined) return [command];
    const given = command.match(/--[a-z-]+/g) ?? [];
    const taken = options.get(words) ?? [];
    return given.every((option) => taken.includes(option)) ? [] : [command];
  });
  expect(wrong).toEqual([]);
});

test('what the document says of the kill switch names what it is about', async () => {
  const document = await read('docs/operations.md');
  const bare = [...document.matchAll(/`orderlane (?:stop|resume)`[^.]*/g)].map(([said]) => said);
  expect(bare.filter((said) => !/--everything|lets it go on/.test(said))).toEqual([]);
});

test('no two panels of the dashboard lie upon each other', () => {
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});
