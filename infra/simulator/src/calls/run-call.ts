import type { Account, Mode } from '../accounts/account.ts';
import { type Answer, failure, internalServerError, invalidKey, success } from '../answer.ts';
import type { Endpoint } from '../endpoints/endpoint.ts';
import { answerOfBroker } from '../faults/answer-faults.ts';
import { failedRead } from '../faults/read-faults.ts';
import { type Data, isRecord, load, newer } from '../schema/load.ts';
import { pythonDict } from '../schema/python.ts';
import type { CallContext, World } from './call-context.ts';

/** A call whose body was read. */
export interface ReadCall {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly body: unknown;
  readonly account: Account | undefined;
  /** The server's mode: that of the account, or of the first one where the key is unknown. */
  readonly mode: Mode;
  readonly faults: CallContext['faults'];
  readonly placed: CallContext['placed'];
}

/** OpenAlgo's own order: schema, Action Center, key and session, then sandbox or broker. */
export function runCall(world: World, call: ReadCall): Answer {
  const { endpoint, account } = call;
  const { clientOrderIds } = world.features;
  const schema = clientOrderIds ? newer(endpoint.schema) : endpoint.schema;
  const loaded = load(schema, call.body);
  if (!loaded.ok) return schemaFailure(call, loaded.errors);
  if (endpoint.access === 'anyone') return endpoint.handle(world, loaded.data);
  const early = endpoint.refuseEarly?.(loaded.data);
  if (early !== undefined) return early;
  if (loaded.data.get('apikey') === '') return noKey;
  if (account === undefined) return invalidKey;
  return runForAccount(world, { ...call, account }, loaded.data);
}

/** Only where the schema lets an empty key pass. */
const noKey = failure(400, 'Either api_key or both auth_token and broker must be provided');

function runForAccount(world: World, call: ReadCall & { account: Account }, data: Data): Answer {
  const { endpoint, account, faults, placed } = call;
  const context: CallContext = { account, data, faults, placed };
  const work = () => atBroker(world, call, context);
  if (account.semiAuto || faults.answer?.kind === 'semi_auto') {
    if (endpoint.queued === true) return queue(account, work);
    if (endpoint.semiAutoRefusal !== undefined && account.mode === 'live') {
      return failure(403, endpoint.semiAutoRefusal);
    }
  }
  if (endpoint.access === 'session' && !account.sessionAlive) return invalidKey;
  return work();
}

function atBroker(world: World, call: ReadCall, context: CallContext): Answer {
  const failed = failedRead(call.faults.read, call.name) ?? answerOfBroker(call.faults.answer);
  if (failed !== undefined) return failed;
  if (context.account.mode === 'analyze') context.account.analyzerLogs += 1;
  return call.endpoint.access === 'anyone'
    ? call.endpoint.handle(world, context.data)
    : call.endpoint.handle(world, context);
}

function queue(account: Account, place: () => Answer): Answer {
  account.pendingNumber += 1;
  const id = account.pendingNumber;
  account.pending.set(id, { id, place });
  return success({
    message: 'Order queued for approval in Action Center',
    mode: 'semi_auto',
    pending_order_id: id,
  });
}

function schemaFailure(call: ReadCall, errors: ReadonlyMap<string, readonly string[]>): Answer {
  const { schemaErrors } = call.endpoint;
  if (schemaErrors === 'object') return failure(400, Object.fromEntries(errors));
  const message = pythonDict(errors);
  if (schemaErrors === 'text' || call.mode === 'live') return failure(400, message);
  // The analyzer writes down what came; it cannot write down what is no object, and fails.
  if (!isRecord(call.body)) return internalServerError;
  return { status: 400, body: { mode: 'analyze', status: 'error', message } };
}
