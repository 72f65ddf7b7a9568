import {
  databaseUrl,
  oneOf,
  optionalDatabasePassword,
  optionalInstant,
  optionalSecretKey,
  redisUrl,
  secretKey,
  text,
  yesOrNo,
} from './config-fields.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Every service has these: `z.object({ ...logConfig, … })`. */
export const logConfig = { LOG_LEVEL: oneOf(logLevels, 'info') };

/** A service that listens: 127.0.0.1 keeps it to this machine, 0.0.0.0 opens it (in a container). */
export const listenConfig = { LISTEN_HOST: text('127.0.0.1') };

/** Where Postgres is. */
export const databaseConfig = {
  /** With the password of DATABASE_PASSWORD in it, where that is set. */
  DATABASE_URL: databaseUrl(),
  DATABASE_PASSWORD: optionalDatabasePassword(),
};

/** A service that works on the truth and its dispatcher. */
export const storeConfig = {
  ...databaseConfig,
  REDIS_URL: redisUrl(),
  /** Begins every key, so that two installations can share a Redis. */
  REDIS_PREFIX: text('orderlane'),
};

/** A service that opens what is sealed: `openSecretBox(config)`. */
export const secretKeyConfig = {
  ORDERLANE_SECRET_KEY: secretKey(),
  /** The one before, while it is being replaced. */
  ORDERLANE_SECRET_KEY_OLD: optionalSecretKey(),
};

/** A service that calls OpenAlgo. */
export const openAlgoConfig = {
  /** OpenAlgo may be on this machine or in a private network, where it normally is. */
  ALLOW_PRIVATE_OPENALGO: yesOrNo(true),
};

/** A service that asks what time it is on the market. */
export const clockConfig = {
  /** Lets the trading clock start at another instant: rehearsals and tests only. */
  TRADING_CLOCK: optionalInstant(),
};
