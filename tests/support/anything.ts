import fc from 'fast-check';

/** Words that mean something to a language, a database or a parser rather than to anybody who trades. */
const oddWords = [
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  'NaN',
  'Infinity',
  '-0',
  '1e400',
  '0x10',
  '9'.repeat(400),
  '\0',
  '\uD800',
  '\u0661\u0662',
  "'; drop table orders; --",
  '%00',
  '=cmd()',
  '"',
  '\\',
  '\r\n',
];

/** Texts like those given, with something cut out, doubled, or put in. */
export function textLike(...seeds: string[]): fc.Arbitrary<string> {
  const cut = fc.tuple(fc.constantFrom(...seeds), fc.nat(), fc.nat(), oddText());
  const changed = cut.map(([seed, from, length, put]) => {
    const start = from % (seed.length + 1);
    const end = start + (length % 4);
    return [seed.slice(0, start) + put + seed.slice(end), seed.slice(start) + seed, seed + put];
  });
  return fc.oneof(
    fc.constantFrom(...seeds),
    changed.chain((texts) => fc.constantFrom(...texts)),
    oddText(),
  );
}

function oddText(): fc.Arbitrary<string> {
  return fc.oneof(fc.constantFrom(...oddWords), fc.string({ unit: 'binary' }), fc.string());
}

/** Any JSON value, with names that objects have already and numbers that JSON has and nobody sends. */
export function anyJson(): fc.Arbitrary<unknown> {
  const names = fc.oneof(fc.constantFrom(...oddWords), fc.string());
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(null, true, false, -0, 0.1, Number.MAX_VALUE, 2 ** 53),
    fc.integer(),
    oddText(),
  );
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(names, tie('tree'), { maxKeys: 4 }),
    ),
  }));
  return tree;
}

/** JSON as a text, in which names such as `__proto__` are names, and 1e400 is a number. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value).replaceAll('1.7976931348623157e+308', '1e400');
}

/**
 * Texts that would take a parser for ever that tries again from each place: up to a whole body (64 KiB)
 * of one piece, with an end that does not fit.
 */
export function endlessTexts(...pieces: string[]): string[] {
  const usual = [
    ' ',
    '0',
    '9',
    ',',
    '"',
    '\\',
    '\\"',
    '[',
    '{"a":',
    'a=',
    'a',
    '-',
    ':',
    '//',
    '\n',
  ];
  return [...usual, ...pieces].flatMap((piece) => {
    const long = piece.repeat(65_536 / piece.length);
    return [long, `${long}!`, `"${long}`];
  });
}

/** Where in a value a number stands that is none, or is no number of anything: NaN, an infinite one, -0. */
export function unsoundNumber(value: unknown, path = ''): string | undefined {
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return `${path}: ${Object.is(value, -0) ? '-0' : value}`;
  }
  const parts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return parts
    .map(([name, part]) => unsoundNumber(part, `${path}/${name}`))
    .find((found) => found !== undefined);
}
