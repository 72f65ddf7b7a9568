import type { Socket } from 'node:net';
import type { z } from 'zod';
import type { Account } from '../accounts/account.ts';
import type { Simulator } from '../simulator.ts';

/** A request to one of the control routes. */
export interface ControlRequest {
  /** Method and path below `/control/`, such as `POST faults`. */
  readonly route: string;
  readonly query: URLSearchParams;
  readonly text: string;
  readonly socket: Socket;
}

/** What a control route answers: its fields, sent with `status: success`. */
export type ControlRoute = (simulator: Simulator, request: ControlRequest) => object;

/** A control request that makes no sense; it is told to whoever sent it. */
export class ControlError extends Error {}

/**
 * The JSON body of a control request; an empty one is `{}`.
 *
 * @throws ControlError naming what is wrong
 */
export function bodyOf<Output>(schema: z.ZodType<Output>, request: ControlRequest): Output {
  let value: unknown;
  try {
    value = request.text === '' ? {} : JSON.parse(request.text);
  } catch (cause) {
    throw new ControlError('the body is not JSON', { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ControlError(issues.join('; '), { cause: parsed.error });
}

/**
 * The account of a key, or the first one where none is named.
 *
 * @throws ControlError when there is no such account
 */
export function accountOf({ accounts }: Simulator, apikey: string | undefined): Account {
  const account = apikey === undefined ? accounts.first() : accounts.find(apikey);
  if (account === undefined) throw new ControlError('there is no account with this key');
  return account;
}
