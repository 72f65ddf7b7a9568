/** Variables that .env.example explains together. */
interface Group {
  section: string;
  meaning: string;
  variables: { name: string; value: string }[];
}

const begin = '<!-- configuration: written by npm run docs from .env.example -->\n';
const end = '<!-- end of configuration -->\n';

/**
 * The README with its configuration table as .env.example has it.
 * @throws Error when the README has no place for it
 */
export function withConfigurationTable(readme: string, envExample: string): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error('The README has no place for the configuration');
  return readme.slice(0, from + begin.length) + renderTables(envExample) + readme.slice(to);
}

function renderTables(envExample: string): string {
  const sections = Map.groupBy(readGroups(envExample), ({ section }) => section);
  return [...sections]
    .flatMap(([section, groups]) => [
      '',
      `**${section}**`,
      '',
      '| variable | default or example | meaning |',
      '| --- | --- | --- |',
      ...groups.map(renderRow),
      '',
    ])
    .join('\n');
}

function renderRow({ meaning, variables }: Group): string {
  const names = variables.map(({ name }) => `\`${name}\``).join('<br>');
  const values = variables.map(({ value }) => (value === '' ? '–' : `\`${value}\``)).join('<br>');
  return `| ${names} | ${values} | ${meaning} |`;
}

/** A comment explains the variables right below it. */
function readGroups(envExample: string): Group[] {
  const [, ...parts] = envExample.split(/^# --- (.+) ---$/m);
  return parts.flatMap((section, index) =>
    index % 2 === 0 ? readSection(section, parts[index + 1] ?? '') : [],
  );
}

function readSection(section: string, text: string): Group[] {
  const blocks = text.matchAll(/((?:^# .+\n)+)((?:^#[A-Z_]+=.*\n)+)/gm);
  return [...blocks].map(([, comment = '', lines = '']) => ({
    section,
    meaning: comment.replaceAll(/^# /gm, '').trim().replaceAll('\n', ' '),
    variables: [...lines.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => ({
      name,
      value: value.replaceAll('"', ''),
    })),
  }));
}
