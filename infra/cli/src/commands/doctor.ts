import { once } from 'node:events';
import { type Db, openDb } from '@orderlane/db/open-db';
import { closeRedis, openRedis } from '@orderlane/queue/connection';
import { createLanes } from '@orderlane/queue/lanes';
import { readRedisFacts } from '@orderlane/queue/redis-facts';
import { ConfigError } from '@orderlane/runtime/config-error';
import { openSecretBox } from '@orderlane/runtime/secret-box';
import type { Answer, Cli } from '../cli.ts';
import { CliError } from '../cli-error.ts';
import {
  readAccountConfig,
  readConsoleUrl,
  readDatabaseConfig,
  readEgressUrl,
  readPublicUrl,
  readRedisConfig,
} from '../config.ts';
import { describeError } from '../describe-error.ts';
import { checkAccounts } from '../doctor/check-accounts.ts';
import { checkConfiguration } from '../doctor/check-configuration.ts';
import { checkLanes } from '../doctor/check-lanes.ts';
import { checkPostgres, checkSchema } from '../doctor/check-postgres.ts';
import { checkConsole, checkIngress, findEgress } from '../doctor/check-reachable.ts';
import { checkRedis } from '../doctor/check-redis.ts';
import { checkScheduler } from '../doctor/check-scheduler.ts';
import { checks, type Finding, wrong } from '../doctor/finding.ts';
import { readNow } from '../today.ts';

const patienceMs = 3000;

/** Looks at everything that the services need; what is wrong has its cure, and makes the command end with 1. */
export async function doctor(cli: Cli): Promise<Answer> {
  const found = [
    checkConfiguration(cli.environment),
    ...(await Promise.all([lookAtStores(cli), lookFromOutside(cli)])),
  ];
  const findings = found
    .flat()
    .toSorted((a, b) => checks.indexOf(a.check) - checks.indexOf(b.check));
  const wrongs = findings.filter(({ level }) => level === 'wrong');
  const answer = { data: findings, text: findings.map(lineOf).join('\n') };
  if (wrongs.length === 0) return answer;
  const failure = new CliError(
    'something_wrong',
    `${wrongs.length} of ${findings.length} are wrong`,
  );
  return { ...answer, failure };
}

const marks = { well: 'ok   ', note: 'note ', wrong: 'WRONG' };

function lineOf({ level, check, text, cure }: Finding): string {
  const line = `${marks[level]} ${check}: ${text}`;
  return cure === null ? line : `${line}\n        → ${cure}`;
}

/** What of the environment cannot be read is told of already. */
async function lookFromOutside({ environment }: Cli): Promise<Finding[]> {
  try {
    return await Promise.all([
      checkIngress(readPublicUrl(environment).url),
      checkConsole(readConsoleUrl(environment)),
      findEgress(readEgressUrl(environment)),
    ]);
  } catch (error) {
    if (error instanceof ConfigError) return [];
    throw error;
  }
}

async function lookAtStores(cli: Cli): Promise<Finding[]> {
  try {
    const { DATABASE_URL: databaseUrl } = readDatabaseConfig(cli.environment);
    const opened = openDb({ databaseUrl, poolSize: 3, onConnectionError: () => undefined });
    try {
      return await lookInside(cli, opened.db);
    } finally {
      await opened.close();
    }
  } catch (error) {
    const cure = 'Start Postgres, or correct DATABASE_URL';
    return [
      wrong('postgres', describeError(error).text, cure),
      ...(await lookAtRedis(cli, undefined)),
    ];
  }
}

async function lookInside(cli: Cli, db: Db): Promise<Finding[]> {
  const server = await checkPostgres(db);
  const { findings, isUsable } = await checkSchema(db);
  // Older tables may lack what the other questions are about.
  if (!isUsable) return [...server, ...findings, ...(await lookAtRedis(cli, undefined))];
  const rest = await Promise.all([
    checkScheduler(db, readNow(cli.environment).year),
    lookAtAccounts(cli, db),
    lookAtRedis(cli, db),
  ]);
  return [...server, ...findings, ...rest.flat()];
}

async function lookAtAccounts(cli: Cli, db: Db): Promise<Finding[]> {
  try {
    const config = readAccountConfig(cli.environment);
    const allowPrivate = config.ALLOW_PRIVATE_OPENALGO;
    return await checkAccounts({ db, box: openSecretBox(config), allowPrivate });
  } catch (error) {
    const cure = 'Set ORDERLANE_SECRET_KEY here as the services have it';
    return [wrong('secret_key', describeError(error).text, cure)];
  }
}

/** @param db undefined where nothing can be asked of it */
async function lookAtRedis(cli: Cli, db: Db | undefined): Promise<Finding[]> {
  const cure =
    'Start Redis, or correct REDIS_URL: without it webhooks are taken and nothing is sent';
  const place = readRedisPlace(cli);
  if (place === undefined) return [];
  const { REDIS_URL: redisUrl, REDIS_PREFIX: prefix } = place;
  if (redisUrl === undefined) return [wrong('redis', 'REDIS_URL is not set', cure)];
  const redis = openRedis({ redisUrl, prefix }, () => undefined);
  try {
    await once(redis, 'ready', { signal: AbortSignal.timeout(patienceMs) });
    const found = checkRedis(await readRedisFacts(redis));
    if (db === undefined) return found;
    return [...found, ...(await checkLanes({ db, lanes: createLanes({ redis, prefix }) }))];
  } catch {
    return [wrong('redis', 'does not answer', cure)];
  } finally {
    closeRedis(redis);
  }
}

function readRedisPlace({ environment }: Cli): ReturnType<typeof readRedisConfig> | undefined {
  try {
    return readRedisConfig(environment);
  } catch {
    return undefined;
  }
}
