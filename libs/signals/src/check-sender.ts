import { expandSources } from '@orderlane/domain/allowed-sources';
import { type Refusal, refuse } from '@orderlane/domain/refusal';
import type { Strategy } from '@orderlane/domain/strategy';
import { type AddressList, parseAddressList } from '@orderlane/runtime/address-list';
import { isSharedSecret } from '@orderlane/runtime/shared-secret';

/** Who calls a webhook. */
export interface Sender {
  sourceAddress: string | null;
  /** The shared secret as it was said, by header or body; it is kept nowhere. */
  secret: string | null;
}

/** Why a strategy does not listen to a sender, before anything else is told of it. */
export function refuseSender(
  { allowedSources, sharedSecretHash }: Pick<Strategy, 'allowedSources' | 'sharedSecretHash'>,
  { sourceAddress, secret }: Sender,
): Refusal | undefined {
  if (allowedSources !== null && !isAllowed(allowedSources, sourceAddress)) {
    return refuse('source_not_allowed');
  }
  const isWrong = sharedSecretHash !== null && !isSharedSecret(sharedSecretHash, secret);
  return isWrong ? refuse('wrong_secret') : undefined;
}

const lists = new WeakMap<readonly string[], AddressList>();

function isAllowed(sources: readonly string[], address: string | null): boolean {
  const list = lists.get(sources) ?? parseAddressList(expandSources(sources));
  // A list that cannot be read lets nobody in.
  if (list === undefined) return false;
  lists.set(sources, list);
  return address !== null && list.has(address);
}
