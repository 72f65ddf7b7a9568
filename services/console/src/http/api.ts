import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import { type RefusalCode, refusalCodes } from '@orderlane/domain/refusal';
import { errorStatusOf } from '@orderlane/manage/manage-error';
import { type RouteAccess, requireAccess } from './access.ts';
import type { ConsoleEnv } from './console-env.ts';
import { invalidRequest } from './invalid-request.ts';

/** An app whose routes, validation and documentation are one definition. */
export function createApi(): OpenAPIHono<ConsoleEnv> {
  return new OpenAPIHono<ConsoleEnv>({
    strict: false,
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.error);
    },
  });
}

const errorBody = z
  .object({
    status: z.literal('error'),
    code: z.string().meta({ description: 'Of the closed list in docs/reason-codes.md.' }),
    error: z.string().meta({ description: 'For people.' }),
    details: z
      .array(z.object({ field: z.string(), error: z.string() }))
      .meta({ description: 'What is wrong with which field; empty where it is about the whole.' }),
  })
  .openapi('Error');

const errorContent = { 'application/json': { schema: errorBody } };
type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 500 | 502 | 503;
type ErrorResponses = Record<ErrorStatus, { description: string; content: typeof errorContent }>;

/** A success as JSON: `{"status":"success","data":…}`. */
export function ok<Data extends z.ZodType>(data: Data, description: string) {
  const schema = z.object({ status: z.literal('success'), data });
  return { 200: { description, content: { 'application/json': { schema } } } } as const;
}

export function success<Data>(data: Data): { status: 'success'; data: Data } {
  return { status: 'success', data };
}

interface Rules {
  access: RouteAccess;
  /** Those that any operation may answer (access, faults) are added. */
  errors?: readonly RefusalCode[];
}

/** An operation with who may call it and every code that it may answer. */
export function route<const P extends string, const R extends RouteConfig & { path: P }>(
  { access, errors = [] }: Rules,
  config: R & { summary: string; description: string },
) {
  const strict = access === 'public' ? {} : strictQuery(config);
  const codes = [...errors, ...commonErrors(access, { ...config, ...strict })];
  return createRoute({
    ...config,
    ...(strict as object), // of no matter to what the handler is given
    ...(access === 'public' ? { security: [] } : {}),
    'x-access': access,
    middleware: requireAccess(access),
    responses: { ...config.responses, ...errorResponses(codes) } as R['responses'] & ErrorResponses,
  });
}

/** A filter that is misspelt would show what it should hide: what a list does not know it refuses. */
function strictQuery({ method, request = {} }: RouteConfig): Pick<RouteConfig, 'request'> {
  if (method !== 'get') return {};
  const { query } = request;
  const strict = query instanceof z.ZodObject ? query.strict() : z.strictObject({});
  return { request: { ...request, query: strict } };
}

function commonErrors(access: RouteAccess, { request, method }: RouteConfig): RefusalCode[] {
  const codes: RefusalCode[] = ['internal_error', 'store_unavailable'];
  if (request !== undefined) codes.push('invalid_request');
  if (request?.body !== undefined) codes.push('unsupported_media_type');
  if (access !== 'public') codes.push('not_signed_in', 'not_allowed');
  if (method !== 'get') codes.push('cross_site', 'too_many_calls', 'body_too_large');
  return codes;
}

function errorResponses(codes: readonly RefusalCode[]): Record<string, unknown> {
  const byStatus = Map.groupBy(new Set(codes), errorStatusOf);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => {
      const description = same.map((code) => `\`${code}\`: ${refusalCodes[code].text}`).join('. ');
      return [status, { description, content: errorContent }];
    }),
  );
}
