import type { CancelledEntry } from '@orderlane/db/braked-orders';
import type { Db } from '@orderlane/db/open-db';
import type { DueOrder } from '@orderlane/db/outcomes';
import type { OutlookDeps } from '@orderlane/manage/outlook-square-off';
import type { SecretBox } from '@orderlane/runtime/secret-box';

/** What the routes need by which people manage things. */
export interface ManageDeps {
  db: Db;
  box: SecretBox;
  /** The trading clock. */
  now(): Temporal.ZonedDateTime;
  /** Where senders reach the ingress. */
  publicUrl: string;
  /** OpenAlgo's address for an account that names none. */
  hostServer: string | undefined;
  /** ALLOW_PRIVATE_OPENALGO */
  allowPrivate: boolean;
  /** ENTRY_MAX_AGE */
  entryMaxAgeMs: number;
  lanes: LaneJobs;
  /** What a square-off needs to know of accounts and lanes. */
  outlook: Required<Pick<OutlookDeps, 'paceOf' | 'isServed'>>;
}

/** After a commit: what Postgres knows anyway, a moment earlier. Neither fails nor delays. */
export interface LaneJobs {
  wake(orders: readonly DueOrder[]): void;
  /** Their jobs are dead. */
  drop(orders: readonly CancelledEntry[]): void;
}
