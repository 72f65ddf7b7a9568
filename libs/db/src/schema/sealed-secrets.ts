import type { Generated } from 'kysely';

export interface SealedSecretsTable {
  name: string;
  box: string;
  made_at: Generated<Date>;
}
