export { migrate } from '@orderlane/db/migrate';
export { type Db, openDb } from '@orderlane/db/open-db';
