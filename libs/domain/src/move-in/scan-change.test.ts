import { expect, test } from 'vitest';
import { findScanChange } from './scan-change.ts';

test.each(['BUY - RSI oversold', 'Sell signal', 'SHORT breakdown', 'cover now', 'volume up'])(
  '"%s" means the same to both',
  (name) => {
    expect(findScanChange(name)).toBeUndefined();
  },
);

test.each([
  ['Short term breakouts', 'SHORT', 'no_action_keyword'],
  ['Buyback SELL', 'BUY', 'ambiguous_action'],
  ['BUY or SELL', 'BUY', 'ambiguous_action'],
  ['Buy to cover', 'BUY', 'COVER'],
  ['recovery stocks', 'COVER', 'no_action_keyword'],
])('"%s" was %s at OpenAlgo and is %s here', (name, openAlgo, here) => {
  expect(findScanChange(name)).toEqual({ name, openAlgo, here });
});
