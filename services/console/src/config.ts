import {
  clockConfig,
  logConfig,
  openAlgoConfig,
  secretKeyConfig,
  storeConfig,
} from '@orderlane/runtime/common-config';
import {
  addresses,
  durationMs,
  oneOf,
  optionalEmail,
  optionalHttpUrl,
  optionalPassword,
  port,
  rate,
  text,
} from '@orderlane/runtime/config-fields';
import { z } from 'zod';
import { passwordLength } from './auth/password-length.ts';

/** The environment of the console. */
export const configSchema = z.object({
  ...logConfig,
  ...storeConfig,
  ...clockConfig,
  /** Seals the API keys of accounts, and what sessions are signed with. */
  ...secretKeyConfig,
  ...openAlgoConfig,
  /**
   * This machine only. Another address is for a container, whose own loopback nobody outside can
   * reach, or for a proxy with a certificate in front.
   */
  CONSOLE_HOST: text('127.0.0.1'),
  CONSOLE_PORT: port(8081),
  /** Under which address people reach it, where that is not this machine's own. */
  CONSOLE_URL: optionalHttpUrl(),
  /** Whose X-Forwarded-For, -Proto and -Host are believed. */
  TRUSTED_PROXIES: addresses(),
  /** The first administrator; without a password a one-time link is printed. */
  ADMIN_EMAIL: optionalEmail(),
  ADMIN_PASSWORD: optionalPassword(passwordLength),
  /** Whether people may add themselves. */
  SIGN_UP: oneOf(['closed', 'open'], 'closed'),
  /** Attempts to sign in: for each address, and for each e-mail. */
  SIGN_IN_RATE_LIMIT: rate('10 per minute; 100 per hour'),
  /** Changes of each user. */
  STRATEGY_RATE_LIMIT: rate('200 per minute'),
  /** OpenAlgo's address for an account that names none. */
  HOST_SERVER: optionalHttpUrl(),
  /** Where senders reach the ingress; without it, this machine's own address. */
  PUBLIC_URL: optionalHttpUrl(),
  INGRESS_PORT: port(8080),
  /** For signals that people play again. */
  ENTRY_MAX_AGE: durationMs('60 seconds'),
  ORDER_RATE_LIMIT: rate('10 per second'),
  SMART_ORDER_RATE_LIMIT: rate('1 per second'),
});

export type ConsoleConfig = Readonly<z.infer<typeof configSchema>>;
