import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { type AddressPolicy, refuseAddress } from './address-policy.ts';

/** An address that nothing may be sent to. */
class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
  readonly code = 'ADDRESS_REFUSED';
}

/**
 * Connects only to addresses that the policy allows, looked at when each connection is made: a name
 * may mean another address than when it was saved.
 * @param timeoutMs until TCP, and TLS where there is any, are ready
 */
export function guardedConnect(policy: AddressPolicy, timeoutMs: number): buildConnector.connector {
  const options = { allowH2: false, timeout: timeoutMs, lookup: guardedLookup(policy) };
  const connect = buildConnector(options as buildConnector.BuildOptions);
  return (to, callback) => {
    // An address in the place of a name is not looked up.
    const reason = isIP(to.hostname) === 0 ? undefined : refuseAddress(to.hostname, policy);
    if (reason === undefined) connect(to, callback);
    else callback(new AddressRefusedError(reason), null);
  };
}

function guardedLookup(policy: AddressPolicy): LookupFunction {
  return (hostname, options, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, '');
        return;
      }
      const allowed = found.filter(({ address }) => refuseAddress(address, policy) === undefined);
      const [first] = allowed;
      if (first === undefined) callback(refusedName(hostname, found, policy), '');
      else if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

function refusedName(hostname: string, found: LookupAddress[], policy: AddressPolicy): Error {
  const reasons = found.map(({ address }) => refuseAddress(address, policy));
  return new AddressRefusedError(`${hostname}: ${reasons[0] ?? 'no address'}`);
}
