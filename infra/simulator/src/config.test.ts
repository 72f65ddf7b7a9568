import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('has a default for everything, on a port that no real OpenAlgo uses', () => {
  const { host, port, options } = readConfig({});
  expect({ host, port, mode: options.mode }).toEqual({
    host: '127.0.0.1',
    port: 5055,
    mode: 'live',
  });
});

test('names every wrong variable at once', () => {
  const environment = {
    SIMULATOR_PORT: '5000',
    SIMULATOR_MODE: 'paper',
    SIMULATOR_ORDER_RATE_LIMIT: 'often',
  };
  expect(() => readConfig(environment)).toThrow(
    /SIMULATOR_PORT: must not be 5000.*SIMULATOR_MODE: .*SIMULATOR_ORDER_RATE_LIMIT: must be like/,
  );
});

test('takes several keys, a prefix, limits and a clock', () => {
  const { options } = readConfig({
    SIMULATOR_API_KEY: 'one,two',
    SIMULATOR_API_KEY_PREFIX: 'sim-',
    SIMULATOR_LIMIT_SCOPE: 'account',
    SIMULATOR_SMART_ORDER_RATE_LIMIT: '1 per second; 40 per minute',
    TRADING_CLOCK: '2026-02-10T10:00:00+05:30',
  });
  expect(options).toMatchObject({
    apikeys: ['one', 'two'],
    apikeyPrefix: 'sim-',
    limitScope: 'account',
    limits: { order: '10 per second', smartOrder: '1 per second; 40 per minute' },
    clock: '2026-02-10T10:00:00+05:30',
  });
});
