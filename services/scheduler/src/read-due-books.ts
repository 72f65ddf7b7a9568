import { type BookReadSettings, claimBookReads } from '@orderlane/db/book-reads';
import { type ReadBooksDeps, readBooks } from './read-books.ts';
import type { Tasks } from './tasks.ts';

export interface ReadDueBooksDeps extends ReadBooksDeps {
  settings: BookReadSettings;
  leaseMs: number;
  isInSession(): boolean;
  newId(): string;
  tasks: Tasks;
}

/** Begins a read of each account that is due for one; an OpenAlgo that hangs holds up no other's. */
export async function readDueBooks(deps: ReadDueBooksDeps): Promise<void> {
  const { db, leaseMs, settings } = deps;
  const reader = deps.newId();
  const isInSession = deps.isInSession();
  const reads = await claimBookReads(db, { reader, leaseMs, isInSession, settings });
  for (const read of reads) deps.tasks.run(async () => await readBooks(deps, read));
}
