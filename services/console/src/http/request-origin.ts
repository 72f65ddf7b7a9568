import { getConnInfo } from '@hono/node-server/conninfo';
import type { AddressList } from '@orderlane/runtime/address-list';
import { clientAddress } from '@orderlane/runtime/client-address';
import type { Context, MiddlewareHandler } from 'hono';
import type { ConsoleEnv, RequestOrigin } from './console-env.ts';

export interface OriginDeps {
  /** Whose `X-Forwarded-…` headers are believed. */
  trustedProxies: AddressList;
  /** Under which address people reach the console, where that is not this machine's. */
  consoleUrl: string | undefined;
}

/** Finds out where each request comes from and under which address it was made. */
export function findOrigin(deps: OriginDeps): MiddlewareHandler<ConsoleEnv> {
  return async (context, next) => {
    context.set('origin', readOrigin(deps, context));
    await next();
  };
}

function readOrigin({ trustedProxies, consoleUrl }: OriginDeps, context: Context): RequestOrigin {
  const socketAddress = socketAddressOf(context);
  const isProxy = socketAddress !== undefined && trustedProxies.has(socketAddress);
  const forwarded = (name: string) => (isProxy ? context.req.header(name) : undefined);
  const host = forwarded('x-forwarded-host') ?? context.req.header('host') ?? '';
  const known = consoleUrl === undefined ? null : URL.parse(consoleUrl);
  const scheme = forwarded('x-forwarded-proto') ?? (known?.host === host ? known.protocol : 'http');
  const isSecure = scheme.replace(/:$/, '') === 'https';
  return {
    origin: `${isSecure ? 'https' : 'http'}://${host}`,
    isSecure,
    clientAddress: clientAddress(
      { socketAddress, forwardedFor: context.req.header('x-forwarded-for') },
      trustedProxies,
    ),
  };
}

/** Undefined where an app is called without a socket. */
function socketAddressOf(context: Context): string | undefined {
  try {
    return getConnInfo(context).remote.address;
  } catch {
    return undefined;
  }
}
