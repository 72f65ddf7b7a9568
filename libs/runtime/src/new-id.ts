import { v7 } from 'uuid';

/** A UUID v7: unique, and in the order of creation within a process. */
export function newId(): string {
  return v7();
}
