import { expect, test } from 'vitest';
import { z } from 'zod';
import { clockConfig, logConfig, storeConfig } from './common-config.ts';
import { parseConfig } from './config.ts';
import { ConfigError } from './config-error.ts';
import { durationMs, optionalHttpUrl, port, rate, secretKey } from './config-fields.ts';

const schema = z.object({
  ...logConfig,
  ...storeConfig,
  ...clockConfig,
  ORDERLANE_SECRET_KEY: secretKey(),
  INGRESS_PORT: port(8080),
  ENTRY_MAX_AGE: durationMs('60 seconds'),
  SMART_ORDER_RATE_LIMIT: rate('1 per second'),
  HOST_SERVER: optionalHttpUrl(),
});

const enough = {
  DATABASE_URL: 'postgres://someone:pass-word-1@127.0.0.1:5432/orderlane',
  REDIS_URL: 'redis://127.0.0.1:6379',
  ORDERLANE_SECRET_KEY: 'k'.repeat(32),
};

function complaintAbout(environment: Record<string, string | undefined>): ConfigError {
  try {
    parseConfig(schema, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('the configuration was taken');
}

test('what is not set takes its fallback', () => {
  expect(parseConfig(schema, enough)).toEqual({
    ...enough,
    LOG_LEVEL: 'info',
    REDIS_PREFIX: 'orderlane',
    INGRESS_PORT: 8080,
    ENTRY_MAX_AGE: 60_000,
    SMART_ORDER_RATE_LIMIT: [{ count: 1, perMs: 1_000 }],
  });
});

test('an empty variable counts as not set, space around a value is dropped', () => {
  const config = parseConfig(schema, { ...enough, INGRESS_PORT: '', LOG_LEVEL: ' debug ' });
  expect(config).toMatchObject({ INGRESS_PORT: 8080, LOG_LEVEL: 'debug' });
});

test('one error names every wrong variable and how to mend it', () => {
  const complaint = complaintAbout({
    DATABASE_URL: 'mysql://127.0.0.1/orderlane',
    REDIS_URL: '',
    ORDERLANE_SECRET_KEY: 'too short',
    INGRESS_PORT: '70000',
    ENTRY_MAX_AGE: 'soon',
    SMART_ORDER_RATE_LIMIT: '0 per second',
    HOST_SERVER: 'ftp://127.0.0.1',
    LOG_LEVEL: 'loud',
    TRADING_CLOCK: 'yesterday',
  });
  expect(complaint.problems.map(({ variable }) => variable).sort()).toEqual([
    'DATABASE_URL',
    'ENTRY_MAX_AGE',
    'HOST_SERVER',
    'INGRESS_PORT',
    'LOG_LEVEL',
    'ORDERLANE_SECRET_KEY',
    'REDIS_URL',
    'SMART_ORDER_RATE_LIMIT',
    'TRADING_CLOCK',
  ]);
  expect(complaint.message).toContain('INGRESS_PORT must be a whole number from 0 to 65535');
  expect(complaint.message).toContain('REDIS_URL is missing: it must be a Redis address');
  expect(complaint.message).toContain('openssl rand -base64 32');
});

test('the value of a secret is in no message, the value of a plain variable is', () => {
  const { message } = complaintAbout({
    DATABASE_URL: 'mysql://someone:planted-1@127.0.0.1/x',
    REDIS_URL: 'http://:planted-2@127.0.0.1',
    ORDERLANE_SECRET_KEY: 'planted-3',
    ENTRY_MAX_AGE: 'soon',
  });
  expect(message).not.toContain('planted');
  expect(message).toContain('not "soon"');
});

test('OpenAlgo’s name of a variable works, ours comes first', () => {
  const byAlias = parseConfig(schema, { ...enough, SMART_ORDER_RATE: '2 per second' });
  expect(byAlias.SMART_ORDER_RATE_LIMIT).toEqual([{ count: 2, perMs: 1_000 }]);
  const both = { SMART_ORDER_RATE: '2 per second', SMART_ORDER_RATE_LIMIT: '3 per second' };
  const byName = parseConfig(schema, { ...enough, ...both });
  expect(byName.SMART_ORDER_RATE_LIMIT).toEqual([{ count: 3, perMs: 1_000 }]);
});

test('an address loses the slash at its end', () => {
  const config = parseConfig(schema, { ...enough, HOST_SERVER: 'http://127.0.0.1:5000/' });
  expect(config.HOST_SERVER).toBe('http://127.0.0.1:5000');
});

test('a configuration cannot be changed', () => {
  const config = parseConfig(schema, enough);
  expect(Object.isFrozen(config)).toBe(true);
});
