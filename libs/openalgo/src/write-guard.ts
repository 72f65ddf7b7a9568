import type { Dispatcher } from 'undici';

type GuardState = 'waiting' | 'written' | 'refused' | 'closed';

/** Knows whether the bytes of one call may have left this process, and keeps them from leaving late or twice. */
export interface WriteGuard {
  readonly interceptor: Dispatcher.DispatcherComposeInterceptor;
  state(): GuardState;
  writtenAt(): Date | null;
  /** After this a request that was not written never will be. */
  close(): void;
}

/** Why a request was kept from a connection that was ready for it. */
class WriteRefusedError extends Error {
  override readonly name = 'WriteRefusedError';
}

/**
 * undici tells a handler `onRequestStart` in the same turn in which it writes the request on a
 * connection, and drops the request when that throws. So the deadline is checked after DNS, TCP and
 * TLS are done, however long they took; and a request that undici would dispatch again by itself
 * (its fetch does so on a 421) is refused the second time.
 *
 * @param sendBy performance.now() after which nothing may be written; Infinity: no deadline
 * @param onWrite told in the turn in which the request is written; must not throw
 */
export function createWriteGuard(sendBy: number, onWrite?: () => void): WriteGuard {
  let state: GuardState = 'waiting';
  let writtenAt: Date | null = null;

  function allowWrite(): void {
    if (state !== 'waiting') throw new WriteRefusedError(`the request is ${state}`);
    if (performance.now() >= sendBy) {
      state = 'refused';
      throw new WriteRefusedError('the send window is over');
    }
    state = 'written';
    writtenAt = new Date();
    onWrite?.();
  }

  return {
    interceptor: (dispatch) => (options, handler) =>
      dispatch(options, watchStart(handler, allowWrite)),
    state: () => state,
    writtenAt: () => writtenAt,
    close: () => {
      if (state === 'waiting') state = 'closed';
    },
  };
}

/** The handler with a check before its start; everything else goes through untouched. */
function watchStart(
  handler: Dispatcher.DispatchHandler,
  beforeWrite: () => void,
): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (controller, context) => {
      beforeWrite();
      handler.onRequestStart?.(controller, context);
    },
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStarted: () => handler.onResponseStarted?.(),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  };
}
