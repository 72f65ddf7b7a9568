import pg from 'pg';
import { isPostgresAway } from './postgres-away.ts';

/**
 * True when the server itself refused the statement, so that nothing of it was written. Of a
 * connection that broke nobody knows: its transaction may have been committed.
 */
export function hasServerRefused(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity === 'ERROR' && !isPostgresAway(error);
}
