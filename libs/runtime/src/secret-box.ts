import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The key that a sealed text names: ours, the one before, another, or it is no sealed text at all. */
export type SealedUnder = 'current' | 'old' | 'foreign' | 'nothing';

export interface SecretBox {
  /** Names the key that seals, and tells nothing about it. */
  readonly keyId: string;
  /** Encrypts a text; the result names its key, not the text. */
  seal(text: string): string;
  /** @throws SecretBoxError when it was altered or sealed under a key that is not ours */
  open(sealed: string): string;
  /** Only by the name of the key: it may be altered all the same. */
  sealedUnder(sealed: string): SealedUnder;
  /** A keyed hash: equal texts are found equal without the text being stored. */
  fingerprint(text: string): string;
  /** The same under each key that is known, ours first: for what may not have been sealed anew yet. */
  fingerprints(text: string): string[];
}

/** A sealed text that cannot be opened; the message says why and what to do, never what is in it. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
}

/** What the environment says of the keys. */
export interface SecretKeys {
  ORDERLANE_SECRET_KEY: string;
  /** The one before, while it is being replaced. */
  ORDERLANE_SECRET_KEY_OLD?: string | undefined;
}

/**
 * AES-256-GCM under keys derived (HKDF-SHA-256) from the secret key. What was sealed under the old
 * secret key opens, too; nothing is sealed under it any more.
 */
export function createSecretBox(secretKey: string, oldSecretKey?: string): SecretBox {
  const key = deriveKey(secretKey);
  const keys = oldSecretKey === undefined ? [key] : [key, deriveKey(oldSecretKey)];
  const ids = keys.map(({ keyId }) => keyId);
  return {
    keyId: key.keyId,
    seal: (text) => seal(key, text),
    open: (sealed) => open(keys, sealed),
    sealedUnder: (sealed) => {
      const keyId = sealedKeyId(sealed);
      if (keyId === undefined) return 'nothing';
      return (['current', 'old'] as const)[ids.indexOf(keyId)] ?? 'foreign';
    },
    fingerprint: (text) => fingerprint(key, text),
    fingerprints: (text) => keys.map((each) => fingerprint(each, text)),
  };
}

/** The box for the keys of the environment. */
export function openSecretBox(keys: SecretKeys): SecretBox {
  return createSecretBox(keys.ORDERLANE_SECRET_KEY, keys.ORDERLANE_SECRET_KEY_OLD);
}

/** The name of the key that a sealed text was sealed under; undefined: it is no sealed text. */
export function sealedKeyId(sealed: string): string | undefined {
  const [version, keyId, ...parts] = sealed.split('.');
  return version === VERSION && keyId && parts.length === 3 ? keyId : undefined;
}

interface BoxKey {
  encryptionKey: Buffer;
  fingerprintKey: Buffer;
  keyId: string;
}

function deriveKey(secretKey: string): BoxKey {
  return {
    encryptionKey: derive(secretKey, 'encryption'),
    fingerprintKey: derive(secretKey, 'fingerprint'),
    keyId: derive(secretKey, 'key id').subarray(0, 4).toString('hex'),
  };
}

function seal(key: BoxKey, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key.encryptionKey, iv, { authTagLength: TAG_BYTES });
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const parts = [iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'));
  return [VERSION, key.keyId, ...parts].join('.');
}

function open(keys: readonly BoxKey[], sealed: string): string {
  const keyId = sealedKeyId(sealed);
  const [, , iv, tag, body] = sealed.split('.');
  if (keyId === undefined || !iv || !tag || body === undefined) {
    throw new SecretBoxError('This is not a sealed secret');
  }
  const key = keys.find((each) => each.keyId === keyId);
  if (key === undefined) throw new SecretBoxError(describeForeign(keys, keyId));
  try {
    const decipher = createDecipheriv(CIPHER, key.encryptionKey, bytes(iv), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(bytes(tag));
    return Buffer.concat([decipher.update(bytes(body)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new SecretBoxError('The sealed secret was altered after it was stored: enter it anew.', {
      cause: error,
    });
  }
}

function describeForeign([key, old]: readonly BoxKey[], keyId: string): string {
  const known = old === undefined ? '' : ` and ORDERLANE_SECRET_KEY_OLD is key ${old.keyId}`;
  return (
    `The secret was sealed under key ${keyId}; ORDERLANE_SECRET_KEY is key ${key?.keyId}${known}. ` +
    'Set the value of that key again (while it is being replaced, as ORDERLANE_SECRET_KEY_OLD), or enter the secret anew.'
  );
}

function fingerprint({ fingerprintKey }: BoxKey, text: string): string {
  return createHmac('sha256', fingerprintKey).update(text).digest('base64url');
}

function bytes(part: string): Buffer {
  return Buffer.from(part, 'base64url');
}

function derive(secretKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `orderlane ${purpose}`, 32));
}
