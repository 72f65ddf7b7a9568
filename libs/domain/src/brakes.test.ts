import { expect, it } from 'vitest';
import { brakeEffect, brakeKinds, brakes } from './brakes.ts';
import { refusalCodes } from './refusal.ts';

it('throws no exit away but that of a strategy that is switched off', () => {
  for (const kind of brakeKinds) {
    expect(brakes[kind].queuedExit).not.toBe('cancel');
    expect(brakes[kind].exitWebhook === 'refuse').toBe(kind === 'strategy_inactive');
  }
});

it('names a code of the closed list', () => {
  for (const kind of brakeKinds) expect(refusalCodes).toHaveProperty(brakes[kind].code);
});

it('gives the strictest of several, and the brake it comes from', () => {
  expect(brakeEffect([], 'queuedEntry')).toBeUndefined();
  expect(brakeEffect(['session_dead'], 'entryWebhook')).toBeUndefined();
  expect(brakeEffect(['flatten', 'halt'], 'queuedExit')).toEqual({ effect: 'wait', brake: 'halt' });
  expect(brakeEffect(['halt', 'strategy_inactive'], 'queuedEntry')).toEqual({
    effect: 'cancel',
    brake: 'strategy_inactive',
  });
  expect(brakeEffect(['stop_entries', 'account_paused'], 'squareOff')).toEqual({
    effect: 'wait',
    brake: 'account_paused',
  });
});
