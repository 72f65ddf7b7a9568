import type { Actor } from '@orderlane/db/audit';
import type { AccessLevel, UserRole } from '@orderlane/domain/user-role';
import type { Context } from 'hono';

/** Where a request comes from and under which address it was made. */
export interface RequestOrigin {
  /** `http://127.0.0.1:8081`, as a browser names it. */
  origin: string;
  isSecure: boolean;
  /** Null where there is no socket. */
  clientAddress: string | null;
}

/** Who is signed in, by session or by API key. */
export interface SignedIn extends Actor {
  by: 'session' | 'key';
  userId: string;
  name: string;
  email: string;
  role: UserRole;
  tenantId: string;
  /** Of the API key; null in a session. */
  scopes: readonly AccessLevel[] | null;
  /** Of the session or of the key. */
  credentialId: string;
}

/** What every handler finds in its context. */
export interface ConsoleEnv {
  Variables: {
    origin: RequestOrigin;
    /** Null: nobody, or somebody who is not known any more. */
    caller: SignedIn | null;
  };
}

export type ConsoleContext = Context<ConsoleEnv>;
