import { type Brake, type BrakeEffects, brakeKinds, brakes } from '../../libs/domain/src/brakes.ts';
import { alertOnlyCodes } from '../../libs/domain/src/refusal-codes-alert.ts';
import { consoleCodes } from '../../libs/domain/src/refusal-codes-console.ts';
import { decisionCodes } from '../../libs/domain/src/refusal-codes-decision.ts';
import { manageCodes } from '../../libs/domain/src/refusal-codes-manage.ts';
import { orderCodes } from '../../libs/domain/src/refusal-codes-order.ts';
import { saveCodes } from '../../libs/domain/src/refusal-codes-save.ts';
import { webhookCodes } from '../../libs/domain/src/refusal-codes-webhook.ts';
import type { RefusalEntry } from '../../libs/domain/src/refusal-entry.ts';

const intro = `# Reason codes

Every refusal and every alert names one of these codes, and no other. \`error\` in an answer is the
text (OpenAlgo's own where it has one); \`code\` is what programs should look at. 200 means that
nothing is wrong and nothing should be sent again. Written by \`npm run docs\` from the list in
\`libs/domain/src/refusal.ts\`; a test keeps the two equal.
`;

const sections: [string, Record<string, RefusalEntry>][] = [
  ['Answered before a signal is decided', webhookCodes],
  ['Answered when a signal is decided', decisionCodes],
  ['In the story of an order, and in alerts', orderCodes],
  ['When a strategy or a mapping is saved', saveCodes],
  ['When accounts, strategies and orders are managed', manageCodes],
  ['Answered by the console', consoleCodes],
  ['In alerts only', alertOnlyCodes],
];

const brakesIntro = `## Brakes

What stops orders, and what it does. A kill switch covers everything, one account or one strategy.
Several at once: the strictest counts. An exit is never thrown away: \`hold\` and \`wait\` keep it
until the brake is released or it expires. An entry that waits goes out after the release if it is
still within its age (ENTRY_MAX_AGE, or the strategy's own), else it has expired; \`cancel\` ends it at
once. Exits expire with the close of their session, each with an alert.

\`stop\` sets a kill switch (\`--entries-only\`, the default: \`stop_entries\`; \`--halt\`; \`--flatten\`),
\`resume\` releases it, \`brakes\` lists all that is stopped. It is looked at in the database right before
each call: once \`stop\` has answered, only the orders that it names as being sent already go out.
\`flatten\` cancels what is queued; it does not close positions by itself.

alert: \`at once\` when the brake begins to act; each exit signal that a brake holds has an alert of its
own.
`;

/** The whole of docs/reason-codes.md. */
export function renderReasonCodes(): string {
  return [intro, ...sections.map(renderSection), renderBrakes()].join('\n');
}

function renderSection([title, codes]: [string, Record<string, RefusalEntry>]): string {
  const rows = Object.entries(codes).map(([code, entry]) =>
    row([`\`${code}\``, String(entry.httpStatus), entry.text, entry.meaning, entry.cure]),
  );
  const head = ['code', 'HTTP', 'text', 'when', 'cure'];
  return [`## ${title}`, '', row(head), row(head.map(() => '---')), ...rows, ''].join('\n');
}

const columns: [string, keyof BrakeEffects][] = [
  ['entry webhook', 'entryWebhook'],
  ['exit webhook', 'exitWebhook'],
  ['queued entry', 'queuedEntry'],
  ['queued exit', 'queuedExit'],
  ['square-off', 'squareOff'],
  ['alert', 'alert'],
  ['code', 'code'],
];

function renderBrakes(): string {
  const head = ['brake', ...columns.map(([title]) => title)];
  const rows = brakeKinds.map((kind) =>
    row([`\`${kind}\``, ...columns.map(([, name]) => cellOf(kind, name))]),
  );
  return [brakesIntro, row(head), row(head.map(() => '---')), ...rows, ''].join('\n');
}

function cellOf(kind: Brake, name: keyof BrakeEffects): string {
  const value = brakes[kind][name];
  return name === 'code' ? `\`${value}\`` : value.replaceAll('_', ' ');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
