import type { DueAlert } from '@orderlane/db/alert-outbox';
import { type RefusalCode, refusalCodes } from '@orderlane/domain/refusal';
import { redactLine } from '@orderlane/runtime/redact-line';
import type { AlertMessage, MessageAlert } from './alert-target.ts';
import { timeOf } from './time-of.ts';

/** So many of one code are messages of their own; more become one. */
const mostSingle = 3;
/** Of a burst, this many are named. */
const namedInBurst = 3;
/** Exits are all named, this many in a message. */
const exitsInMessage = 10;
const longestLine = 300;

/** Messages for what is due, exits first; of other alerts a burst of one code becomes one message. */
export function composeMessages(alerts: readonly DueAlert[]): AlertMessage[] {
  const alone = alerts.filter(({ isRefused }) => isRefused);
  const others = alerts.filter(({ isRefused }) => !isRefused);
  return [
    ...byCode(others.filter(({ isExit }) => isExit)).flatMap(composeExits),
    ...byCode(others.filter(({ isExit }) => !isExit)).flatMap(composeOthers),
    ...alone.map((alert) => composeMessage([alert])),
  ];
}

function byCode(alerts: readonly DueAlert[]): DueAlert[][] {
  return [...Map.groupBy(alerts, ({ code }) => code).values()];
}

function composeExits(exits: DueAlert[]): AlertMessage[] {
  const messages: AlertMessage[] = [];
  for (let start = 0; start < exits.length; start += exitsInMessage) {
    messages.push(composeMessage(exits.slice(start, start + exitsInMessage), exitsInMessage));
  }
  return messages;
}

function composeOthers(alerts: DueAlert[]): AlertMessage[] {
  if (alerts.length <= mostSingle) return alerts.map((alert) => composeMessage([alert]));
  return [composeMessage(alerts)];
}

/** One message about alerts of one code. @param named how many of them are told one by one */
export function composeMessage(
  alerts: readonly (DueAlert | MessageAlert)[],
  named = namedInBurst,
): AlertMessage {
  const [first] = alerts;
  if (first === undefined) throw new Error('A message needs an alert');
  const { code } = first;
  const { cure } = refusalCodes[code];
  const lines = alerts.length === 1 ? linesOfOne(first) : linesOfMany(code, alerts, named);
  const text = redactLine([...lines, `What to do: ${cure}`].join('\n')).toWellFormed();
  return { code, text, cure, alerts: alerts.map(toMessageAlert) };
}

function linesOfOne(alert: DueAlert | MessageAlert): string[] {
  return [`${alert.code}: ${lineOf(alert)}`, detailsOf(alert)];
}

function linesOfMany(
  code: RefusalCode,
  alerts: readonly (DueAlert | MessageAlert)[],
  named: number,
): string[] {
  const happened = alerts.reduce((sum, { count }) => sum + count, 0);
  const told = alerts.slice(0, named).map((alert) => `- ${lineOf(alert)}, ${detailsOf(alert)}`);
  const left = alerts.length - told.length;
  return [`${code}: ${happened} times`, ...told, ...(left > 0 ? [`and ${left} more`] : [])];
}

function lineOf({ text, count }: DueAlert | MessageAlert): string {
  const line = text.replaceAll(/\p{C}+/gu, ' ').trim();
  const cut = line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
  return count > 1 ? `${cut} (${count} times)` : cut;
}

function detailsOf({ account, strategy, symbol, at }: DueAlert | MessageAlert): string {
  const named = [
    ...(account === null ? [] : [`account ${account}`]),
    ...(strategy === null ? [] : [`strategy ${strategy}`]),
    ...(symbol === null ? [] : [symbol]),
  ];
  return [...named, timeOf(at)].join(', ');
}

function toMessageAlert(alert: DueAlert | MessageAlert): MessageAlert {
  const { id, code, subject, text, at, count, account, strategy, symbol } = alert;
  const { orderId, signalId } = alert;
  const clean = redactLine(text);
  return {
    id,
    code,
    subject,
    text: clean,
    at,
    count,
    account,
    strategy,
    symbol,
    orderId,
    signalId,
  };
}
