import { killSwitches } from '@orderlane/domain/brakes';
import { type Figure, figure, type Sample, single } from './figure.ts';
import type { StoredState } from './read-state.ts';

const closingStatuses = ['open', 'verified', 'nothing_open', 'failed'] as const;
const squareOffStatuses = [
  'working',
  'sent',
  'verified',
  'failed',
  'nothing_open',
  'missed',
] as const;
const scopes = ['everything', 'account', 'strategy'] as const;

const openClosings = ({ closings }: StoredState) =>
  closings.find(({ status }) => status === 'open');

/** Closings, square-offs, the kill switch and the alerts that wait. */
export const workFigures: Figure<StoredState>[] = [
  figure({
    name: 'orderlane_closings',
    help: 'Closings that are open, and those opened within the last day that ended, by status',
    labels: ['status'],
    read: ({ closings }: StoredState) =>
      closingStatuses.map(
        (status): Sample<'status'> => [
          { status },
          closings.find((each) => each.status === status)?.closings ?? 0,
        ],
      ),
  }),
  single({
    name: 'orderlane_closings_told',
    help: 'Open closings of which a person was told that they come to no end',
    read: (state: StoredState) => openClosings(state)?.told ?? 0,
  }),
  single({
    name: 'orderlane_closing_oldest_seconds',
    help: 'Since the oldest open closing was opened; 0: none is open',
    read: (state: StoredState) => (openClosings(state)?.oldestForMs ?? 0) / 1000,
  }),
  figure({
    name: 'orderlane_square_offs',
    help: 'Square-offs of the last day by status',
    labels: ['status'],
    read: ({ squareOffs }: StoredState) =>
      squareOffStatuses.map(
        (status): Sample<'status'> => [
          { status },
          squareOffs.find((each) => each.status === status)?.squareOffs ?? 0,
        ],
      ),
  }),
  single({
    name: 'orderlane_square_off_tick_age_seconds',
    help: 'Since the clock of the square-offs last ticked; absent: never',
    read: ({ tickAgoMs }: StoredState) => tickAgoMs / 1000,
  }),
  figure({
    name: 'orderlane_kill_switches',
    help: 'Kill switches that are set, by what they cover and how strong they are',
    labels: ['scope', 'strength'],
    read: ({ brakes }: StoredState) =>
      scopes.flatMap((scope) =>
        killSwitches.map(
          (strength): Sample<'scope' | 'strength'> => [
            { scope, strength },
            brakes.find((each) => each.scope === scope && each.strength === strength)?.brakes ?? 0,
          ],
        ),
      ),
  }),
  single({
    name: 'orderlane_alerts_waiting',
    help: 'Alerts that some target does not have yet; 0 where there is no target',
    read: ({ alerts }: StoredState) => alerts.waiting,
  }),
  single({
    name: 'orderlane_alerts_oldest_seconds',
    help: 'Since the oldest alert that waits was raised; 0: none waits',
    read: ({ alerts }: StoredState) => alerts.oldestForMs / 1000,
  }),
];
