import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnvFile } from 'node:process';
import { databaseConfig, openAlgoConfig, secretKeyConfig } from '@orderlane/runtime/common-config';
import { type Environment, parseConfig, readEnvironment } from '@orderlane/runtime/config';
import {
  httpUrl,
  optionalHttpUrl,
  optionalRedisUrl,
  port,
  rate,
  text,
} from '@orderlane/runtime/config-fields';
import { z } from 'zod';

const placeConfig = z.object(databaseConfig);

const secretConfig = z.object({ ...databaseConfig, ...secretKeyConfig });

const accountConfig = z.object({
  ...secretConfig.shape,
  ...openAlgoConfig,
  /** OpenAlgo's address for an account that names none. */
  HOST_SERVER: optionalHttpUrl(),
});

const webhookConfig = z.object({ PUBLIC_URL: optionalHttpUrl(), INGRESS_PORT: port(8080) });

/** Where people reach the console. */
const consoleConfig = z.object({ CONSOLE_URL: optionalHttpUrl(), CONSOLE_PORT: port(8081) });

/** Where dead jobs are taken away; without it they are left to the executors. */
const redisConfig = z.object({ REDIS_URL: optionalRedisUrl(), REDIS_PREFIX: text('orderlane') });

/** Answers with the address from which it was called, and nothing else. */
const egressConfig = z.object({ EGRESS_URL: httpUrl('https://api.ipify.org') });

/** Of accounts that have none of their own. */
const rateConfig = z.object({
  ORDER_RATE_LIMIT: rate('10 per second'),
  SMART_ORDER_RATE_LIMIT: rate('1 per second'),
});

/** All that the commands together may read. */
export const configSchema = z.object({
  ...accountConfig.shape,
  ...webhookConfig.shape,
  ...consoleConfig.shape,
  ...redisConfig.shape,
  ...rateConfig.shape,
  ...egressConfig.shape,
});

/**
 * The environment, then what `.env` of the working folder adds to it, then what the local stack left
 * in its data folder: so commands reach the stack that runs here without being told where it is.
 */
export function readCliEnvironment(): Environment {
  if (existsSync('.env')) loadEnvFile('.env');
  const ofStack = join(readEnvironment()['DATA_DIR'] ?? '.data', 'env');
  if (existsSync(ofStack)) loadEnvFile(ofStack);
  return readEnvironment();
}

/** Each command reads what it needs and no more. @throws ConfigError */
export function readDatabaseConfig(environment: Environment) {
  return parseConfig(placeConfig, environment);
}

/** Where sealed secrets are, and the keys that open them. @throws ConfigError */
export function readSecretConfig(environment: Environment) {
  return parseConfig(secretConfig, environment);
}

/** @throws ConfigError */
export function readAccountConfig(environment: Environment) {
  return parseConfig(accountConfig, environment);
}

/** @throws ConfigError */
export function readRedisConfig(environment: Environment) {
  return parseConfig(redisConfig, environment);
}

/** How far apart an account's calls are kept. @throws ConfigError */
export function readRates(environment: Environment) {
  return parseConfig(rateConfig, environment);
}

/** Where senders reach the ingress, and whether that is only this machine. @throws ConfigError */
export function readPublicUrl(environment: Environment): { url: string; isLocal: boolean } {
  const { PUBLIC_URL: url, INGRESS_PORT } = parseConfig(webhookConfig, environment);
  if (url !== undefined) return { url, isLocal: false };
  return { url: `http://127.0.0.1:${INGRESS_PORT}`, isLocal: true };
}

/** @throws ConfigError */
export function readConsoleUrl(environment: Environment): string {
  const { CONSOLE_URL: url, CONSOLE_PORT } = parseConfig(consoleConfig, environment);
  return url ?? `http://127.0.0.1:${CONSOLE_PORT}`;
}

/** @throws ConfigError */
export function readEgressUrl(environment: Environment): string {
  return parseConfig(egressConfig, environment).EGRESS_URL;
}
