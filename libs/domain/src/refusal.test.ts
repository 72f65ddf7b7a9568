import { expect, it } from 'vitest';
import { isNothingToDo, refusalCodes, refuse } from './refusal.ts';
import { alertOnlyCodes } from './refusal-codes-alert.ts';
import { consoleCodes } from './refusal-codes-console.ts';
import { decisionCodes } from './refusal-codes-decision.ts';
import { manageCodes } from './refusal-codes-manage.ts';
import { orderCodes } from './refusal-codes-order.ts';
import { saveCodes } from './refusal-codes-save.ts';
import { webhookCodes } from './refusal-codes-webhook.ts';

const parts = [
  webhookCodes,
  decisionCodes,
  orderCodes,
  saveCodes,
  manageCodes,
  consoleCodes,
  alertOnlyCodes,
];

it('has each code once, in snake case, with a text and a cure', () => {
  const names = parts.flatMap((part) => Object.keys(part));
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(refusalCodes)).toEqual(names);
  for (const [code, entry] of Object.entries(refusalCodes)) {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(entry.text.trim()).not.toBe('');
    expect(entry.cure).toMatch(/\.$/);
  }
});

it('puts the symbol into its text as it is, special characters too', () => {
  expect(refuse('no_mapping', { symbol: '$&' })).toEqual({
    code: 'no_mapping',
    text: 'No mapping found for symbol $&',
    httpStatus: 400,
    symbol: '$&',
  });
  expect(refuse('no_data', { text: 'Other' })).toMatchObject({ text: 'Other', symbol: null });
});

it('knows what is nothing to worry about', () => {
  expect(isNothingToDo(refuse('already_at_target'))).toBe(true);
  expect(isNothingToDo(refuse('market_closed'))).toBe(false);
});
