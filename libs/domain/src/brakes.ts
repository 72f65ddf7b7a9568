import type { RefusalCode } from './refusal.ts';

/** The kill switch's positions, each for everything, for an account or for a strategy. */
export const killSwitches = ['stop_entries', 'halt', 'flatten'] as const;
export type KillSwitch = (typeof killSwitches)[number];

/** Everything that may stop orders; whom it covers is the caller's matter, what it does is the same. */
export const brakeKinds = [
  ...killSwitches,
  'account_paused',
  'trading_off',
  'strategy_inactive',
  'exits_only',
  'session_dead',
  'restored',
] as const;
export type Brake = (typeof brakeKinds)[number];

/** `hold`: taken and stored, but not sent before the brake is released. */
export type WebhookEffect = 'accept' | 'hold' | 'refuse';
/** `wait`: stays queued and may expire; `cancel`: void at once. */
export type QueuedEffect = 'send' | 'wait' | 'cancel';
/** `wait`: begins at its time, its orders wait and an alert names the exposure. */
export type SquareOffEffect = 'run' | 'wait';

export interface BrakeEffects {
  entryWebhook: WebhookEffect;
  exitWebhook: WebhookEffect;
  queuedEntry: QueuedEffect;
  queuedExit: QueuedEffect;
  squareOff: SquareOffEffect;
  /** Code of the refusal and of the alert that is raised while something is stopped. */
  code: RefusalCode;
  /** When an alert names the brake; each exit signal that it holds has an alert of its own besides. */
  alert: 'at_once' | 'when_exit_waits' | 'never';
}

const halted = {
  entryWebhook: 'refuse',
  exitWebhook: 'hold',
  queuedEntry: 'wait',
  queuedExit: 'wait',
  squareOff: 'wait',
  alert: 'when_exit_waits',
} as const;

/** The one table of brakes: exits are never thrown away, at worst they wait. */
export const brakes: Readonly<Record<Brake, BrakeEffects>> = {
  stop_entries: {
    entryWebhook: 'refuse',
    exitWebhook: 'accept',
    queuedEntry: 'wait',
    queuedExit: 'send',
    squareOff: 'run',
    code: 'entries_stopped',
    alert: 'at_once',
  },
  halt: { ...halted, code: 'halted', alert: 'at_once' },
  flatten: {
    entryWebhook: 'refuse',
    exitWebhook: 'accept',
    queuedEntry: 'cancel',
    queuedExit: 'send',
    squareOff: 'run',
    code: 'flattening',
    alert: 'at_once',
  },
  account_paused: { ...halted, code: 'account_paused', alert: 'at_once' },
  trading_off: { ...halted, code: 'trading_off' },
  strategy_inactive: {
    entryWebhook: 'refuse',
    exitWebhook: 'refuse',
    queuedEntry: 'cancel',
    queuedExit: 'send',
    squareOff: 'run',
    code: 'strategy_inactive',
    alert: 'never',
  },
  exits_only: {
    entryWebhook: 'refuse',
    exitWebhook: 'accept',
    queuedEntry: 'cancel',
    queuedExit: 'send',
    squareOff: 'run',
    code: 'entries_off',
    alert: 'never',
  },
  session_dead: {
    entryWebhook: 'accept',
    exitWebhook: 'accept',
    queuedEntry: 'wait',
    queuedExit: 'wait',
    squareOff: 'wait',
    code: 'session_dead',
    alert: 'at_once',
  },
  // Of everything. What was queued in the backup is void besides: see `meetRestore`.
  restored: { ...halted, code: 'database_restored', alert: 'at_once' },
};

type Column = 'entryWebhook' | 'exitWebhook' | 'queuedEntry' | 'queuedExit' | 'squareOff';

/** Later is stricter. */
const strictness: Record<WebhookEffect | QueuedEffect | SquareOffEffect, number> = {
  accept: 0,
  send: 0,
  run: 0,
  hold: 1,
  wait: 1,
  refuse: 2,
  cancel: 2,
};

/** What several brakes together do: the strictest effect, and the brake it comes from. */
export function brakeEffect<C extends Column>(
  active: readonly Brake[],
  column: C,
): { effect: BrakeEffects[C]; brake: Brake } | undefined {
  return active
    .map((brake) => ({ effect: brakes[brake][column], brake }))
    .filter(({ effect }) => strictness[effect] > 0)
    .sort((left, right) => strictness[right.effect] - strictness[left.effect])[0];
}
