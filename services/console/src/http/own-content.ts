import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { NONCE, secureHeaders } from 'hono/secure-headers';
import { layoutStyle } from '../pages/layout.ts';

const shared = {
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

const styleHash = `'sha256-${createHash('sha256').update(layoutStyle).digest('base64')}'`;

const settings = {
  xFrameOptions: 'DENY',
  // Nobody else learns an address. Without any referrer a browser would also call the origin of our
  // own forms `null`, and they would be refused as somebody else's.
  referrerPolicy: 'same-origin',
  // The proxy that has the certificate says so.
  strictTransportSecurity: false,
} as const;

/** What pages of ours may load: scripts from here, styles from here or of this very answer. */
const ownPages = secureHeaders({
  ...settings,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", styleHash, NONCE],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    ...shared,
  },
});

/** Bull Board and Swagger UI write styles of their own, and Bull Board asks for fonts elsewhere. */
const othersPages = secureHeaders({
  ...settings,
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    ...shared,
  },
});

/** No page may frame it, and what it shows loads nothing from elsewhere. */
export function keepToThisOrigin(): MiddlewareHandler {
  return async (context, next) => {
    const isOthers = /^\/(?:queues|docs)(?:\/|$)/.test(context.req.path);
    return await (isOthers ? othersPages : ownPages)(context, next);
  };
}

/** Of styles that the page of this answer writes itself. */
export function nonceOf(context: Context): string {
  return String(context.get('secureHeadersNonce') ?? '');
}
