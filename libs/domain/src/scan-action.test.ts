import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanActionOf } from './scan-action.ts';

describe('the action in a scan name', () => {
  it.each([
    ['BUY', 'BUY'],
    ['buy - RSI oversold stocks', 'BUY'],
    ['SELL Signal - Moving Average Cross', 'SELL'],
    ['SHORT - Bearish Breakout', 'SHORT'],
    ['my_cover_scan', 'COVER'],
    ['BUY buy Buy', 'BUY'],
    ['BUY short term breakouts', 'BUY'],
    ['Short-Term BUY', 'BUY'],
    ['Short covering BUY', 'BUY'],
    ['short term SELL', 'SELL'],
    ['short term short', 'SHORT'],
    ['Buy to Cover', 'COVER'],
    ['buy-to-cover short', 'COVER'],
    ['SHORT COVER', 'COVER'],
    ['cover short', 'COVER'],
  ])('%s is %s', (name, action) => {
    expect(scanActionOf(name)).toEqual({ ok: true, action });
  });

  it.each([
    ['', 'no_action_keyword'],
    ['Volume breakout', 'no_action_keyword'],
    ['Short term breakouts', 'no_action_keyword'],
    ['Short covering candidates', 'no_action_keyword'],
    ['Buying pressure', 'no_action_keyword'],
    ['Undercovered', 'no_action_keyword'],
    ['BUY or SELL', 'ambiguous_action'],
    ['sell short', 'ambiguous_action'],
    ['SELL to cover', 'ambiguous_action'],
    ['buy to cover, SHORT again', 'ambiguous_action'],
    ['SHORT / COVER', 'ambiguous_action'],
  ])('%s is refused: %s', (name, code) => {
    expect(scanActionOf(name)).toMatchObject({ ok: false, refusal: { code, httpStatus: 400 } });
  });

  it.each([
    'SELL after buyback', // OpenAlgo finds BUY first
    'Selling climax COVER', // … SELL
    'cover short term', // … SHORT
    'Shortlist COVER', // … SHORT
  ])('%s means something else to OpenAlgo and is refused', (name) => {
    expect(scanActionOf(name)).toMatchObject({
      ok: false,
      refusal: { code: 'ambiguous_action' },
    });
  });
});

it('never does what OpenAlgo would not have done with the same name, but for covering', () => {
  const words = ['buy', 'SELL', 'Short', 'cover', 'to', 'term', 'covering', 'sell-off', 'buyback'];
  const names = fc
    .array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 5 })
    .map((parts) => parts.join(' '));
  fc.assert(
    fc.property(names, (name) => {
      const scan = scanActionOf(name);
      if (!scan.ok) return;
      const upper = name.toUpperCase();
      const first = ['BUY', 'SELL', 'SHORT', 'COVER'].find((word) => upper.includes(word));
      if (scan.action !== 'COVER') expect(scan.action).toBe(first);
    }),
    { numRuns: 2000 },
  );
});
