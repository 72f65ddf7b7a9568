import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { configSchema as consoleSchema } from '@orderlane/console/config';
import { configSchema as executorSchema } from '@orderlane/executor/config';
import { configSchema as ingressSchema } from '@orderlane/ingress/config';
import { logConfig } from '@orderlane/runtime/common-config';
import { type Environment, parseConfig, readEnvironment } from '@orderlane/runtime/config';
import {
  optionalDatabasePassword,
  optionalDatabaseUrl,
  optionalHttpUrl,
  optionalRedisUrl,
  optionalSecretKey,
  port,
  text,
} from '@orderlane/runtime/config-fields';
import { configSchema as schedulerSchema } from '@orderlane/scheduler/config';
import { z } from 'zod';
import { LocalStackError } from './local-stack-error.ts';

export const configSchema = z.object({
  ...logConfig,
  /** Replaces the embedded Postgres. */
  DATABASE_URL: optionalDatabaseUrl(),
  DATABASE_PASSWORD: optionalDatabasePassword(),
  /** Replaces the private Redis. */
  REDIS_URL: optionalRedisUrl(),
  /** A real OpenAlgo instead of the simulator. */
  HOST_SERVER: optionalHttpUrl(),
  /** Made once and kept in the data folder when not set. */
  ORDERLANE_SECRET_KEY: optionalSecretKey(),
  ORDERLANE_SECRET_KEY_OLD: optionalSecretKey(),
  /** Where the embedded parts keep their data. */
  DATA_DIR: text('.data'),
  LOCAL_POSTGRES_PORT: port(15432),
  LOCAL_REDIS_PORT: port(16379),
  INGRESS_PORT: port(8080),
  CONSOLE_PORT: port(8081),
  EXECUTOR_PORT: port(8082),
  SCHEDULER_PORT: port(8083),
  SIMULATOR_PORT: port(5055),
});

export type LocalConfig = Readonly<z.infer<typeof configSchema>>;

/** What the services read besides: a wrong one is to be named before anything is started. */
const wholeSchema = z.object({
  ...consoleSchema.shape,
  ...executorSchema.shape,
  ...ingressSchema.shape,
  ...schedulerSchema.shape,
  ...configSchema.shape,
});

/** The settings of the local stack and the whole environment that its processes inherit. */
export interface LocalSettings {
  config: LocalConfig;
  environment: Environment;
  /** `--new-secret-key`: the person says that the secret key of the data is lost. */
  isKeyLost: boolean;
}

/**
 * Reads `.env` of the working folder where there is one (what the environment sets already wins)
 * and checks the environment, with all that the services will read of it.
 * @throws ConfigError that names every wrong variable
 * @throws LocalStackError for an argument that it does not know
 */
export function readLocalSettings(args: readonly string[]): LocalSettings {
  if (existsSync('.env')) loadEnvFile('.env');
  const environment = readEnvironment();
  const isKeyLost = readArguments(args);
  return { config: parseConfig(wholeSchema, environment), environment, isKeyLost };
}

function readArguments(args: readonly string[]): boolean {
  const unknown = args.find((argument) => argument !== '--new-secret-key');
  if (unknown === undefined) return args.length > 0;
  throw new LocalStackError(`npm start takes no ${unknown}, only --new-secret-key`);
}
