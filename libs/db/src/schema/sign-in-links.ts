import type { Generated } from 'kysely';

export interface SignInLinksTable {
  token_hash: string;
  user_id: string | null;
  made_at: Generated<Date>;
  expires_at: Date;
  used_at: Date | null;
}
