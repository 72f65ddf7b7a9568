import type { z } from 'zod';
import { type PostDeps, postJson } from './post-json.ts';
import { interpretReply, type Reply } from './reply.ts';

const maxReasonLength = 500;

export interface EndpointDeps extends PostDeps {
  apiRoot: string;
  apiKey: string;
  /** For a whole call, unless it says otherwise (ms). */
  readTimeoutMs: number;
}

export interface EndpointCall<T> {
  endpoint: string;
  fields?: Record<string, unknown>;
  schema: z.ZodType<T>;
  timeoutMs?: number | undefined;
}

/** A reply with this process's instants around it. */
export type TimedReply<T> = Reply<T> & { startedAt: Date; endedAt: Date };

/** Calls an endpoint that places no order; never throws for what the network or the far side does. */
export async function callEndpoint<T>(
  deps: EndpointDeps,
  call: EndpointCall<T>,
): Promise<TimedReply<T>> {
  const record = await postJson(deps, {
    url: `${deps.apiRoot}/${call.endpoint}`,
    json: { apikey: deps.apiKey, ...call.fields },
    timeoutMs: call.timeoutMs ?? deps.readTimeoutMs,
    sendBy: Number.POSITIVE_INFINITY,
  });
  const reply = interpretReply(call.schema, record.answer);
  const instants = { startedAt: record.startedAt, endedAt: record.answeredAt ?? new Date() };
  if (reply.kind === 'success') return { ...reply, ...instants };
  // Cut after the key is out: half a key would not be recognised.
  return { ...reply, reason: deps.redact(reply.reason).slice(0, maxReasonLength), ...instants };
}
