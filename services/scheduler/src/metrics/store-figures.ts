import { type Figure, figure, type Sample, single } from './figure.ts';
import type { DispatcherState, StoredState } from './read-state.ts';

/** How Postgres does. */
export const postgresFigures: Figure<StoredState>[] = [
  single({
    name: 'orderlane_postgres_ping_seconds',
    help: 'How long Postgres took for an empty question',
    read: ({ pingMs }: StoredState) => pingMs / 1000,
  }),
  single({
    name: 'orderlane_postgres_connections',
    help: 'Connections to Postgres, those of others included',
    read: ({ load }: StoredState) => load.connections,
  }),
  single({
    name: 'orderlane_postgres_connections_max',
    help: 'Connections that Postgres takes at the most',
    read: ({ load }: StoredState) => load.maxConnections,
  }),
  single({
    name: 'orderlane_postgres_database_bytes',
    help: 'Size of the database on disk',
    read: ({ load }: StoredState) => load.databaseBytes,
  }),
  single({
    name: 'orderlane_clock_offset_seconds',
    help: 'How far the clock of this scheduler is ahead of that of Postgres',
    read: ({ clockOffsetMs }: StoredState) => clockOffsetMs / 1000,
  }),
];

/** How Redis does, and who serves the lanes. */
export const redisFigures: Figure<DispatcherState>[] = [
  single({
    name: 'orderlane_redis_ping_seconds',
    help: 'How long Redis took for an empty question',
    read: ({ pingMs }: DispatcherState) => pingMs / 1000,
  }),
  single({
    name: 'orderlane_redis_memory_bytes',
    help: 'Memory that the data of Redis take',
    read: ({ load }: DispatcherState) => load.usedBytes,
  }),
  single({
    name: 'orderlane_redis_memory_max_bytes',
    help: 'Memory at which Redis is full; 0: no limit',
    read: ({ load }: DispatcherState) => load.maxBytes,
  }),
  single({
    name: 'orderlane_redis_noeviction',
    help: '1: a full Redis refuses; 0: it forgets keys',
    read: ({ load }: DispatcherState) => Number(load.isNoEviction),
  }),
  single({
    name: 'orderlane_redis_evicted_keys',
    help: 'Keys that Redis forgot because it was full, since it started',
    read: ({ load }: DispatcherState) => load.evictedKeys,
  }),
  figure({
    name: 'orderlane_lane_executors',
    help: 'Executors that serve a lane, or would as soon as an order is on it',
    labels: ['account', 'lane'],
    read: ({ executors }: DispatcherState) =>
      executors.map(
        ({ accountId, lane, count }): Sample<'account' | 'lane'> => [
          { account: String(accountId), lane },
          count,
        ],
      ),
  }),
];
