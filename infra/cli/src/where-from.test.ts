import { expect, test } from 'vitest';
import { whereFrom } from './where-from.ts';

test('a terminal, and from where it was opened', () => {
  expect(whereFrom({}, 'box')).toBe('terminal on box');
  expect(
    whereFrom({ SSH_CONNECTION: '10.1.2.3 50412 10.1.2.9 22', SUDO_USER: 'asha' }, 'box'),
  ).toBe('terminal on box, ssh from 10.1.2.3, sudo by asha');
});
