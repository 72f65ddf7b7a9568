import { expect, test } from 'vitest';
import { refuseAddress } from './address-policy.ts';

test.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '::169.254.169.254',
  'fe80::1',
  'fe80::1%eth0',
  'fd00:ec2::254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '224.0.0.1',
  '255.255.255.255',
  'ff02::1',
  'localhost',
  '',
])('nothing is ever sent to %s', (address) => {
  expect(refuseAddress(address, { allowPrivate: true })).toMatch(/is no address for an OpenAlgo/);
});

test.each([
  '127.0.0.1',
  '127.8.9.10',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '0.0.0.0',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  'fd12:3456::1',
])('%s is for those who allow private addresses', (address) => {
  expect(refuseAddress(address, { allowPrivate: true })).toBeUndefined();
  expect(refuseAddress(address, { allowPrivate: false })).toMatch(/ALLOW_PRIVATE_OPENALGO/);
});

test.each(['203.0.113.7', '172.32.0.1', '2001:db8::1', '::ffff:203.0.113.7'])(
  '%s is for everybody',
  (address) => {
    expect(refuseAddress(address, { allowPrivate: false })).toBeUndefined();
  },
);
