import { configSchema as consoleConfig } from '@orderlane/console/config';
import { isSource } from '@orderlane/domain/allowed-sources';
import { parseRates } from '@orderlane/domain/rate';
import { configSchema as executorConfig } from '@orderlane/executor/config';
import { configSchema as ingressConfig } from '@orderlane/ingress/config';
import { parseAddressList } from '@orderlane/runtime/address-list';
import { parseConfig } from '@orderlane/runtime/config';
import { ConfigError } from '@orderlane/runtime/config-error';
import { parseDuration } from '@orderlane/runtime/duration';
import { redactLine } from '@orderlane/runtime/redact-line';
import { configSchema as schedulerConfig } from '@orderlane/scheduler/config';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { z } from 'zod';
import { endlessTexts, textLike, unsoundNumber } from '../support/anything.ts';

const services: Record<string, z.ZodObject> = {
  console: consoleConfig,
  executor: executorConfig,
  ingress: ingressConfig,
  scheduler: schedulerConfig,
};

const values = textLike(
  ...['true', 'FALSE', '8080', '60 seconds', '1.5 minutes', '10 per second; 40 per minute', 'info'],
  ...['postgres://user:secret@127.0.0.1:5432/x', 'redis://127.0.0.1:6379', 'http://[::1]:5000/'],
  ...['127.0.0.1, 10.0.0.0/8', 'a@b.in', '2026-10-05T09:20:00+05:30', '500 ms, 1 second'],
  ...['5 constructor', 'smtp://user:secret@mail:587', '1 __proto__', `${'9'.repeat(400)} days`],
);

describe.each(Object.entries(services))('the configuration of the %s', (_name, schema) => {
  const names = Object.keys(schema.shape).filter((name) => !name.endsWith('_FILE'));

  const isSound = (environment: Record<string, string>) => {
    try {
      const config = parseConfig(schema, environment);
      expect(unsoundNumber(config)).toBeUndefined();
      for (const value of Object.values(config)) expect(typeof value).not.toBe('function');
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
    }
  };

  it('is taken or refused by variable, whatever is in it', () => {
    const environment = fc.dictionary(fc.constantFrom(...names), values);
    fc.assert(fc.property(environment, isSound), { numRuns: 500 });
  });

  it('one variable at a time, all else being right', () => {
    const right = {
      DATABASE_URL: 'postgres://user@127.0.0.1:5432/x',
      REDIS_URL: 'redis://127.0.0.1:6379',
      ORDERLANE_SECRET_KEY: 'x'.repeat(32),
    };
    const odd = [
      'constructor',
      '__proto__',
      'toString',
      '5 constructor',
      '-1',
      '1e3',
      '9'.repeat(400),
    ];
    for (const name of names) for (const value of odd) isSound({ ...right, [name]: value });
    for (const name of names) {
      for (const text of endlessTexts('1 per second;', '10.0.0.0/8,'))
        isSound({ ...right, [name]: text });
    }
  });
});

test('durations, rates and addresses are themselves, or none', () => {
  fc.assert(
    fc.property(values, (text) => {
      expect(unsoundNumber([parseDuration(text), parseRates(text)])).toBeUndefined();
      isSource(text);
      parseAddressList(text.split(','))?.has(text);
    }),
    { numRuns: 1000 },
  );
  for (const text of endlessTexts('1.', '1 per ', '::', '1:', '255.', 'second')) {
    parseDuration(text);
    parseRates(text);
    isSource(text);
    parseAddressList([text]);
  }
});

test('a log line of anything is written in time', () => {
  for (const text of endlessTexts('\\"apikey\\":\\"', '"apikey":"', 'apikey=', '//a:', '\\\\')) {
    redactLine(text);
    redactLine(JSON.stringify({ msg: text }));
  }
});
