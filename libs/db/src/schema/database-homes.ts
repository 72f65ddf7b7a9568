import type { Generated } from 'kysely';

export interface DatabaseHomesTable {
  home: string;
  since: Generated<Date>;
}
