import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface SecretBox {
  /** Encrypts a text; the result names its key, not the text. */
  seal(text: string): string;
  /** @throws SecretBoxError when it was altered or sealed under another key */
  open(sealed: string): string;
  /** A keyed hash: equal texts are found equal without the text being stored. */
  fingerprint(text: string): string;
}

/** A sealed text that cannot be opened; the message says why and what to do, never what is in it. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
}

/** AES-256-GCM under keys derived (HKDF-SHA-256) from ORDERLANE_SECRET_KEY. */
export function createSecretBox(secretKey: string): SecretBox {
  const encryptionKey = derive(secretKey, 'encryption');
  const fingerprintKey = derive(secretKey, 'fingerprint');
  const keyId = derive(secretKey, 'key id').subarray(0, 4).toString('hex');
  return {
    seal: (text) => seal({ encryptionKey, keyId }, text),
    open: (sealed) => open({ encryptionKey, keyId }, sealed),
    fingerprint: (text) => createHmac('sha256', fingerprintKey).update(text).digest('base64url'),
  };
}

interface BoxKey {
  encryptionKey: Buffer;
  keyId: string;
}

function seal(key: BoxKey, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key.encryptionKey, iv, { authTagLength: TAG_BYTES });
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const parts = [iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'));
  return [VERSION, key.keyId, ...parts].join('.');
}

function open(key: BoxKey, sealed: string): string {
  const [version, keyId, iv, tag, body] = sealed.split('.');
  if (version !== VERSION || !keyId || !iv || !tag || body === undefined) {
    throw new SecretBoxError('This is not a sealed secret');
  }
  if (keyId !== key.keyId) {
    throw new SecretBoxError(
      `The secret was sealed under key ${keyId}, and ORDERLANE_SECRET_KEY is key ${key.keyId}. Set the old value again, or enter the secret anew.`,
    );
  }
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

function bytes(part: string): Buffer {
  return Buffer.from(part, 'base64url');
}

function derive(secretKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `orderlane ${purpose}`, 32));
}
