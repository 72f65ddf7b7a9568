import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSignal } from './parse-signal.ts';
import { platforms } from './strategy.ts';
import { bytes } from './testing/make.ts';

function parse(text: string, idempotencyKey?: string) {
  return parseSignal({ body: bytes(text), idempotencyKey, platform: 'tradingview' });
}

function orderOf(body: unknown, idempotencyKey?: string) {
  const parsed = parse(JSON.stringify(body), idempotencyKey);
  if (!parsed.ok || parsed.signal.kind !== 'order') throw new Error(JSON.stringify(parsed));
  return parsed.signal;
}

function refusalOf(text: string) {
  const parsed = parse(text);
  if (parsed.ok) throw new Error('The body was taken');
  return [parsed.refusal.code, parsed.refusal.text, parsed.refusal.httpStatus];
}

describe('a good body', () => {
  it('is JSON, trimmed and upper-cased', () => {
    expect(orderOf({ symbol: ' sbin ', action: ' Buy', position_size: ' 10.0 ' })).toMatchObject({
      symbol: { symbol: 'SBIN', symbolAsSent: ' sbin ' },
      action: 'BUY',
      positionSize: 10,
    });
  });

  it('may be a form, whatever the content type said', () => {
    const parsed = parse('symbol=M%26M&action=sell&position_size=-5');
    expect(parsed).toMatchObject({
      ok: true,
      signal: { symbol: { symbol: 'M&M' }, action: 'SELL', positionSize: -5 },
    });
  });

  it('takes a BSE code that comes as a number', () => {
    expect(orderOf({ symbol: 500112, action: 'BUY' }).symbol?.symbol).toBe('500112');
  });

  it('may begin with a byte order mark', () => {
    expect(parse('\uFEFF{"symbol":"SBIN","action":"BUY"}').ok).toBe(true);
  });

  it.each([
    [10, 10],
    ['10', 10],
    ['+10.', 10],
    ['-10.00', -10],
    ['-0', 0],
    [-0, 0],
    [1e9, 1_000_000_000],
  ])('reads position_size %j as %d', (sent, size) => {
    expect(orderOf({ position_size: sent }).positionSize).toBe(size);
  });

  it('keeps what it says about things that the mapping decides', () => {
    const { said } = orderOf({ symbol: 'A', exchange: 'BSE', product_type: 'CNC', quantity: '5' });
    expect(said).toEqual({ exchange: 'BSE', product: 'CNC', quantity: '5' });
  });

  it.each([
    ['5', 5],
    [undefined, null],
    [null, null],
    ['0', 'bad'],
    [-3, 'bad'],
    ['a few', 'bad'],
    [2.5, 'bad'],
  ])('reads quantity %j as %j and refuses nothing yet', (sent, quantity) => {
    expect(orderOf({ symbol: 'A', quantity: sent }).quantity).toBe(quantity);
  });
});

describe('content and key', () => {
  it('has the same content in any order of fields', () => {
    const one = orderOf({ symbol: 'SBIN', action: 'BUY', extra: { b: [1, 2], a: null } });
    const other = orderOf({ extra: { a: null, b: [1, 2] }, action: 'BUY', symbol: 'SBIN' });
    expect(one.symbol?.content).toBe(other.symbol?.content);
    expect(one.symbol?.content).not.toBe(
      orderOf({ symbol: 'SBIN', action: 'SELL', extra: null }).symbol?.content,
    );
  });

  it('takes the header before signal_id before alert_id', () => {
    const body = { symbol: 'A', signal_id: 7, alert_id: 'c' };
    expect(orderOf(body, ' "quoted" ').key).toBe('"quoted"');
    expect(orderOf(body, '"quoted"').key).toBe('quoted');
    expect(orderOf(body).key).toBe('7');
    expect(orderOf({ ...body, signal_id: ' ' }).key).toBe('c');
    expect(orderOf({ symbol: 'A' }, '').key).toBeNull();
  });
});

describe('a bad body', () => {
  it.each([
    ['', 'no_data'],
    [' \n ', 'no_data'],
    ['{}', 'no_data'],
    ['null', 'malformed_body'],
    ['[]', 'malformed_body'],
    ['0', 'malformed_body'],
    ['""', 'malformed_body'],
  ])('%j holds no data, in the words of OpenAlgo', (text, code) => {
    expect(refusalOf(text)).toEqual([code, expect.stringMatching(/^No data received/), 400]);
  });

  it.each([
    ['not json', /neither a JSON object nor a form/],
    ['{"symbol":"SBIN","action":"BUY"', /neither/],
    ['{"symbol":"SBIN","position_size":NaN}', /neither/],
    ['a=1&b=2', /neither/],
    ['symbol=SBIN&action=BUY&action=SELL', /neither/],
    ['symbol=SBIN&__proto__=1', /neither/],
    ['[{"symbol":"SBIN","action":"BUY"}]', /not a JSON object/],
    ['"BUY"', /not a JSON object/],
    ['true', /not a JSON object/],
    ['12', /not a JSON object/],
    ['{"symbol":"SBIN","__proto__":{"action":"BUY"}}', /__proto__/],
    ['{"symbol":"SBIN","x":[{"__proto__":1}]}', /__proto__/],
    ['{"symbol":"SB\\u0000IN","action":"BUY"}', /NUL/],
    ['{"sym\\u0000bol":"SBIN"}', /NUL/],
    ['symbol=SB%00IN&action=BUY', /NUL/],
    ['{"symbol":"\\ud800"}', /surrogate/],
    [`{"a":${'['.repeat(9)}${']'.repeat(9)}}`, /nested too deep/],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, /not a JSON object/],
    [`{"a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`, /nested too deep/],
  ])('%.60s is malformed', (text, reason) => {
    expect(refusalOf(text)).toEqual(['malformed_body', expect.stringMatching(reason), 400]);
  });

  it.each([
    10.5,
    '10.5',
    '',
    'ten',
    null,
    true,
    [10],
    { size: 10 },
    1e10,
    '99999999999',
    '0x10',
    '1e3',
    'Infinity',
    'NaN',
  ])('position_size %j is no whole number', (sent) => {
    expect(refusalOf(JSON.stringify({ symbol: 'SBIN', position_size: sent }))).toEqual([
      'bad_number',
      'position_size is not a whole number',
      400,
    ]);
  });

  it.each([
    ['symbol', { symbol: { name: 'SBIN' } }],
    ['symbol', { symbol: ['SBIN'] }],
    ['symbol', { symbol: 'A'.repeat(501) }],
    ['action', { symbol: 'SBIN', action: true }],
    ['key', { symbol: 'SBIN', signal_id: 'x'.repeat(501) }],
    ['scan_name', { stocks: 'SBIN', scan_name: {} }],
    ['stocks', { stocks: ['SBIN'], scan_name: 'BUY' }],
  ])('%s has the wrong type in %.40j', (field, body) => {
    expect(refusalOf(JSON.stringify(body))).toEqual([
      'bad_field',
      expect.stringContaining(field),
      400,
    ]);
  });
});

describe('never throws, and what it takes can be stored', () => {
  const platform = fc.constantFrom(...platforms);

  it('over arbitrary bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), platform, (body, of) => {
        expect(typeof parseSignal({ body, platform: of }).ok).toBe('boolean');
      }),
    );
  });

  it('over arbitrary JSON around the fields that it reads', () => {
    const names = ['symbol', 'action', 'position_size', 'quantity', 'stocks', 'scan_name'];
    const more = ['trigger_prices', 'triggered_at', 'signal_id', 'alert_id', 'exchange', 'price'];
    const fields = fc.dictionary(
      fc.oneof(fc.constantFrom(...names, ...more), fc.string({ unit: 'binary' })),
      fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.string({ unit: 'binary' }), fc.double()),
    );
    fc.assert(
      fc.property(fields, platform, (body, of) => {
        const parsed = parseSignal({ body: bytes(JSON.stringify(body)), platform: of });
        const said = parsed.ok ? JSON.stringify(parsed.signal) : '';
        expect(said).not.toContain('\\u0000');
        expect(said.isWellFormed()).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
