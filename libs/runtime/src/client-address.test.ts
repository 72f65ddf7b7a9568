import { expect, test } from 'vitest';
import { parseAddressList } from './address-list.ts';
import { clientAddress } from './client-address.ts';

const trusted = parseAddressList(['127.0.0.1', '10.0.0.0/8']);
if (trusted === undefined) throw new Error('the list is wrong');

const from = (socketAddress: string | undefined, forwardedFor?: string) =>
  clientAddress({ socketAddress, forwardedFor }, trusted);

test('the far end of the socket, whatever a stranger writes', () => {
  expect(from('203.0.113.7')).toBe('203.0.113.7');
  expect(from('::ffff:203.0.113.7', '52.89.214.238')).toBe('203.0.113.7');
  expect(from(undefined, '52.89.214.238')).toBeNull();
});

test('behind trusted proxies the last one that is none of them', () => {
  expect(from('127.0.0.1', '203.0.113.7')).toBe('203.0.113.7');
  expect(from('127.0.0.1', '52.89.214.238, 203.0.113.7, 10.1.1.1')).toBe('203.0.113.7');
  expect(from('127.0.0.1', '203.0.113.7:4711')).toBe('203.0.113.7');
  expect(from('127.0.0.1', '[2001:db8::1]:4711')).toBe('2001:db8::1');
});

test('a proxy that says nothing is the source itself', () => {
  expect(from('127.0.0.1')).toBe('127.0.0.1');
  expect(from('127.0.0.1', '10.2.3.4')).toBe('10.2.3.4');
});
