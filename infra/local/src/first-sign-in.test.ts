import { expect, test } from 'vitest';
import { firstSignInUrl } from './first-sign-in.ts';

test('the address is taken from the line of that event only', () => {
  const url = 'http://127.0.0.1:8081/sign-in/link?token=x';
  expect(firstSignInUrl(JSON.stringify({ event: 'first_sign_in', url }))).toBe(url);
  expect(
    firstSignInUrl(JSON.stringify({ event: 'signal_queued', msg: '"first_sign_in"', url })),
  ).toBe(undefined);
  expect(firstSignInUrl('"first_sign_in" {')).toBe(undefined);
});
