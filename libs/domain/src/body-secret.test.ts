import fc from 'fast-check';
import { expect, test } from 'vitest';
import { separateSecret } from './body-secret.ts';
import { bytes } from './testing/make.ts';

const separated = (body: string) => {
  const { bytes: rest, secret } = separateSecret(bytes(body));
  return { rest: new TextDecoder().decode(rest), secret };
};

test('the secret of JSON and of a form is taken out, the rest stays', () => {
  expect(separated('{"symbol":"SBIN","secret":"hush","action":"BUY"}')).toEqual({
    rest: '{"symbol":"SBIN","action":"BUY"}',
    secret: 'hush',
  });
  expect(separated('{"s\\u0065cret":"hush","symbol":"SBIN"}')).toEqual({
    rest: '{"symbol":"SBIN"}',
    secret: 'hush',
  });
  expect(separated('{"secret":"a","symbol":"SBIN","secret":"hush"}').secret).toBe('hush');
  expect(separated(' symbol=SBIN&secret=hu%20sh&action=BUY ')).toEqual({
    rest: 'symbol=SBIN&action=BUY',
    secret: 'hu sh',
  });
});

test('a secret that is no text is none, and is not kept either', () => {
  expect(separated('{"symbol":"SBIN","secret":{"a":1}}')).toEqual({
    rest: '{"symbol":"SBIN"}',
    secret: null,
  });
});

test('without one the bytes are the very same', () => {
  for (const body of ['{"symbol":"SBIN", "note":"no secret here"}', 'symbol=SBIN', '', '[1]']) {
    const given = bytes(body);
    expect(separateSecret(given).bytes).toBe(given);
  }
});

test('what cannot be read and names a secret is not kept', () => {
  for (const body of ['{"symbol":"SBIN","secret":"hush"', 'secret=hush', '{"secret":"hush"},']) {
    const { rest, secret } = separated(body);
    expect(rest).not.toContain('hush');
    expect(secret).toBe(null);
  }
});

test('no body that says a secret keeps it', () => {
  const word = 'k3pt-0ut';
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
      const body = JSON.stringify({ ...fields, secret: word });
      return !separated(body).rest.includes(word);
    }),
  );
});
