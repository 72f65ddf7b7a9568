import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Below this a secret could be guessed from its hash (characters). */
export const shortestSecret = 16;

/** A secret nobody guesses, in characters that a message and a header take as they are. */
export function newSharedSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** What is kept of a secret that senders say: a salted SHA-256. */
export function hashSharedSecret(secret: string): string {
  const salt = randomBytes(16).toString('base64url');
  return `v1.${salt}.${digest(salt, secret).toString('base64url')}`;
}

/** Whether `said` is the secret that was hashed; takes as long for any wrong one. */
export function isSharedSecret(hash: string, said: string | null): boolean {
  const [version, salt, kept] = hash.split('.');
  if (version !== 'v1' || salt === undefined || kept === undefined) return false;
  const isSame = timingSafeEqual(digest(salt, said ?? ''), digestOf(kept));
  return isSame && said !== null;
}

function digest(salt: string, secret: string): Buffer {
  return createHash('sha256').update(`${salt}.${secret}`).digest();
}

/** Of the length that `timingSafeEqual` wants, whatever is stored. */
function digestOf(kept: string): Buffer {
  const bytes = Buffer.from(kept, 'base64url');
  return bytes.length === 32 ? bytes : Buffer.alloc(32);
}
