import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Figure } from './scenario.ts';

export interface ScenarioFigures {
  scenario: string;
  figures: Figure[];
}

/** The table that people read. */
export function printFigures(done: readonly ScenarioFigures[]): string {
  const rows = done.flatMap(({ scenario, figures }) =>
    figures.map((figure) => [scenario, figure.name, shown(figure), askedOf(figure)]),
  );
  const widths = [0, 1, 2].map((column) =>
    Math.max(0, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const bounds = done.flatMap(({ scenario, figures }) =>
    figures.flatMap(({ name, boundBy }) =>
      boundBy === undefined ? [] : [`  ${scenario}, ${name}: ${boundBy}`],
    ),
  );
  return [...lines, '', 'What held it back:', ...bounds].join('\n');
}

function shown({ value, unit }: Figure): string {
  const digits = value !== 0 && Math.abs(value) < 10 ? 2 : 0;
  return `${value.toFixed(digits)}${unit === '' || unit.startsWith('/') ? unit : ` ${unit}`}`;
}

function askedOf({ asked }: Figure): string {
  return asked === undefined ? '' : `${asked.what}: ${asked.met ? 'met' : 'NOT MET'}`;
}

/** What the figures were measured on. */
export function describeMachine() {
  const [first] = cpus();
  return {
    processors: availableParallelism(),
    model: first?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}
