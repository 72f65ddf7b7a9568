import type { ScanChange } from '@orderlane/domain/move-in/scan-change';
import { count } from '@orderlane/manage/brake-words';
import type { MovedStrategy } from '@orderlane/manage/plan-move-in';
import { type Column, formatTable } from '../table.ts';
import type { OpenAlgoDatabase } from './read-openalgo.ts';

/** All that an import found, made or would make. */
export interface MoveInReport {
  file: string;
  isApplied: boolean;
  account: string | null;
  found: OpenAlgoDatabase;
  moved: readonly MovedStrategy[];
  conflicts: readonly string[];
  scanChanges: readonly ScanChange[];
  steps: readonly string[];
}

/** As programs get it; a webhook's id is a secret and stays out. */
export function reportData(report: MoveInReport) {
  return {
    file: report.file,
    applied: report.isApplied,
    account: report.account,
    strategies: report.moved.map((moved) => ({
      table: moved.from.source,
      id: moved.from.id,
      openalgo_name: moved.from.name,
      state: moved.state,
      strategy_id: moved.strategyId,
      name: moved.name,
      mappings: moved.draft?.mappings.length ?? 0,
      was_active: moved.wasActive,
      differs: moved.differs,
      fixed: moved.fixed,
      refused: moved.refused,
    })),
    orphaned_mappings: report.found.orphans.length,
    cannot_both_be_active: report.conflicts,
    scan_changes: report.scanChanges.map(({ name, openAlgo, here }) => ({
      name,
      openalgo: openAlgo,
      here,
    })),
    steps: report.steps,
  };
}

const columns: Column<MovedStrategy>[] = [
  { title: 'NUMBER', of: ({ from }) => numberOf(from) },
  { title: 'OPENALGO', of: ({ from }) => from.name, shrinks: true },
  { title: 'HERE', of: ({ name }) => name, shrinks: true },
  { title: 'MODE', of: ({ draft }) => (draft ? (draft.tradingMode ?? 'scans') : null) },
  { title: 'SQUARE-OFF', of: ({ draft }) => draft?.squareoffTime ?? null },
  { title: 'MAPPINGS', of: ({ draft }) => draft?.mappings.length ?? 0 },
  { title: 'STATE', of: stateOf },
];

function stateOf({ state, differs }: MovedStrategy): string {
  return state === 'present' && differs ? 'present, differs' : state;
}

/** As people get it. */
export function reportText(report: MoveInReport): string {
  const { moved, found, isApplied } = report;
  const fresh = moved.filter(({ state }) => state === 'new').length;
  const made = isApplied
    ? `${count(fresh, 'strategy', 'strategies')} made, inactive`
    : `${count(fresh, 'strategy', 'strategies')} would be made, inactive. This is a dry run: nothing was changed`;
  return [
    `${report.file}: ${count(moved.length, 'strategy', 'strategies')}`,
    made,
    '',
    ...(moved.length === 0 ? [] : [formatTable(columns, moved), '']),
    ...section(
      'Fixed:',
      linesOf(moved, ({ fixed }) => fixed),
    ),
    ...section('Refused:', [
      ...linesOf(moved, ({ refused }) => refused),
      ...describeOrphans(found),
    ]),
    ...section('Here already with other settings, left as they are:', differing(moved)),
    ...section('Cannot be active together on one account:', report.conflicts),
    ...section('Scan names that mean something else here:', report.scanChanges.map(describeScan)),
    isApplied ? 'To switch over:' : 'Then, to switch over:',
    ...numbered(report.steps),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${printable(line)}`), ''];
}

function linesOf(
  moved: readonly MovedStrategy[],
  of: (strategy: MovedStrategy) => readonly string[],
): string[] {
  return moved.flatMap((strategy) =>
    strategy.state === 'present' ? [] : of(strategy).map((text) => `${nameOf(strategy)}: ${text}`),
  );
}

function differing(moved: readonly MovedStrategy[]): string[] {
  return moved.filter(({ differs }) => differs).map(nameOf);
}

/** Several may have one name. */
function nameOf({ from }: MovedStrategy): string {
  return `"${from.name ?? ''}" (${numberOf(from)})`;
}

/** OpenAlgo numbers its ChartInk strategies by themselves. */
function numberOf({ source, id }: MovedStrategy['from']): string {
  return source === 'strategies' ? id : `ChartInk ${id}`;
}

function describeOrphans({ orphans }: OpenAlgoDatabase): string[] {
  if (orphans.length === 0) return [];
  const symbols = orphans.slice(0, 5).map(({ symbol }) => symbol ?? '?');
  return [`${count(orphans.length, 'mapping')} of no strategy: ${symbols.join(', ')}`];
}

function describeScan({ name, openAlgo, here }: ScanChange): string {
  const ours = here === here.toUpperCase() ? here : `refused (${here})`;
  return `"${name}": ${openAlgo} at OpenAlgo, ${ours} here`;
}

function numbered(steps: readonly string[]): string[] {
  let number = 0;
  return steps.map((step) => {
    if (step.startsWith(' ')) return step;
    number += 1;
    return `${number}. ${step}`;
  });
}

/** What somebody else typed must not move the cursor. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, ' ');
}
