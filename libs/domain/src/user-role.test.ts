import { expect, test } from 'vitest';
import { accessLevels, mayAccess } from './user-role.ts';

const allowed = (who: Parameters<typeof mayAccess>[1]) =>
  accessLevels.filter((level) => mayAccess(level, who));

test('a role may do what the roles below it may', () => {
  expect(allowed({ role: 'viewer', scopes: null })).toEqual(['read']);
  expect(allowed({ role: 'trader', scopes: null })).toEqual(['read', 'trade']);
  expect(allowed({ role: 'admin', scopes: null })).toEqual(['read', 'trade', 'admin']);
});

test('a key may do what its scopes say, and never more than its owner', () => {
  expect(allowed({ role: 'admin', scopes: ['read'] })).toEqual(['read']);
  expect(allowed({ role: 'admin', scopes: ['trade'] })).toEqual(['read', 'trade']);
  expect(allowed({ role: 'viewer', scopes: ['admin'] })).toEqual(['read']);
  expect(allowed({ role: 'trader', scopes: ['admin'] })).toEqual(['read', 'trade']);
  expect(allowed({ role: 'admin', scopes: [] })).toEqual([]);
});
