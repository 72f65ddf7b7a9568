import { z } from '@hono/zod-openapi';
import { checkMapping } from '@orderlane/domain/check-mapping';
import type { Mapping } from '@orderlane/domain/mapping';
import { editMapping } from '@orderlane/manage/edit-mapping';
import { getStrategy } from '@orderlane/manage/find-owned';
import { saveError } from '@orderlane/manage/manage-error';
import { mappingData } from '@orderlane/manage/mapping-data';
import { readMappingsCsv } from '@orderlane/manage/read-mappings-csv';
import { removeMapping } from '@orderlane/manage/remove-mapping';
import { writeMappingsCsv } from '@orderlane/manage/write-mappings-csv';
import { createApi, ok, route, success } from '../http/api.ts';
import type { ConsoleContext } from '../http/console-env.ts';
import { invalidRequest } from '../http/invalid-request.ts';
import { jsonBody } from '../http/json-body.ts';
import type { ManageDeps } from '../http/manage-deps.ts';
import { inTransaction, managerOf } from '../http/manager.ts';
import {
  held,
  heldOutcome,
  mappingParams,
  strategyParams as params,
  warnings,
} from '../schemas/common.ts';
import { mapping, mappingEdit, mappingForm, toMappingDraft } from '../schemas/mapping.ts';
import { showOutcome, showWarnings } from '../schemas/strategy-data.ts';
import { addMappings, checkOwnLots } from './add-mappings.ts';

const tags = ['mappings'];
const csv = z.strictObject({
  symbols: z.string().meta({
    description:
      "CSV as OpenAlgo's bulk form takes it (`symbol,exchange,quantity,product`), or with a line of titles: signal_symbol, symbol, exchange, quantity, product, multiplier.",
  }),
  dry_run: z.boolean().default(false).meta({
    description: 'True: everything is checked and answered as if it were added, and nothing is.',
  }),
});
const oneOrMany = z.union([mappingForm, csv]);
const added = z.object({ added: z.array(mapping), warnings });
const saveErrors = [
  'unknown_strategy',
  'invalid_mapping',
  'mapping_exists',
  'invalid_strategy',
  'position_shared',
] as const;

const list = route(
  { access: 'read', errors: ['unknown_strategy'] },
  {
    method: 'get',
    path: '/strategy/{id}/symbols',
    tags,
    summary: 'The mappings of a strategy',
    description: 'What it trades when a signal names a symbol.',
    request: { params },
    responses: ok(z.array(mapping), 'The mappings.'),
  },
);

const exportCsv = route(
  { access: 'read', errors: ['unknown_strategy'] },
  {
    method: 'get',
    path: '/strategy/{id}/symbols/export',
    tags,
    summary: 'The mappings as CSV',
    description: 'With a line of titles, as they may be added again.',
    request: { params },
    responses: {
      200: { description: 'CSV.', content: { 'text/csv': { schema: z.string() } } },
    },
  },
);

const add = route(
  { access: 'trade', errors: [...saveErrors, 'bad_csv'] },
  {
    method: 'post',
    path: '/strategy/{id}/symbols',
    tags,
    summary: 'Add mappings',
    description:
      "One as JSON, or many as CSV: in `symbols`, or as the body with content type text/csv. All or none; every bad line is named, and with `dry_run` nothing is added. Quantities of derivatives are held against the lot sizes that the account's OpenAlgo knows.",
    request: {
      params,
      body: {
        content: {
          'application/json': { schema: oneOrMany },
          'text/csv': { schema: z.string() },
        },
      },
    },
    responses: ok(added, 'The mappings that were added.'),
  },
);

const edit = route(
  { access: 'trade', errors: [...saveErrors, 'unknown_mapping', 'orders_on_their_way'] },
  {
    method: 'post',
    path: '/strategy/{id}/symbols/{mappingId}/edit',
    tags,
    summary: 'Change a mapping',
    description:
      'All of it is sent anew. What is held under another instrument is kept for exits, closed or forgotten.',
    request: { params: mappingParams, ...jsonBody(mappingEdit) },
    responses: ok(z.object({ mapping, warnings, ...heldOutcome }), 'The mapping.'),
  },
);

const remove = route(
  { access: 'trade', errors: ['unknown_strategy', 'unknown_mapping', 'orders_on_their_way'] },
  {
    method: 'post',
    path: '/strategy/{id}/symbols/{mappingId}/delete',
    tags,
    summary: 'Delete a mapping',
    description:
      'Signals that name the symbol are refused from then on; while something is held, exits pass.',
    request: {
      params: mappingParams,
      body: { content: { 'application/json': { schema: z.strictObject({ held }).partial() } } },
    },
    responses: ok(mapping.extend(heldOutcome), 'The mapping that was there.'),
  },
);

export function createMappingRoutes(deps: ManageDeps) {
  const { db } = deps;
  return createApi()
    .openapi(list, async (context) => {
      const { id } = context.req.valid('param');
      const { mappings } = await getStrategy(managerOf(db, context), id);
      return context.json(success(mappings.map(mappingData)), 200);
    })
    .openapi(exportCsv, async (context) => {
      const { id } = context.req.valid('param');
      const { mappings } = await getStrategy(managerOf(db, context), id);
      context.header('content-disposition', `attachment; filename="mappings-${id}.csv"`);
      return context.text(writeMappingsCsv(mappings), 200, { 'content-type': 'text/csv' });
    })
    .openapi(add, async (context) => {
      const { id: strategyId } = context.req.valid('param');
      const given = await readAdded(context);
      const mappings =
        'symbols' in given ? readMappingsCsv(given.symbols) : [readMappingForm(given)];
      const isDry = 'symbols' in given && given.dry_run;
      const stored = await addMappings(deps, context, { strategyId, mappings, isDry });
      const shown = stored.added.map(mappingData);
      return context.json(success({ added: shown, warnings: showWarnings(stored.warnings) }), 200);
    })
    .openapi(edit, async (context) => {
      const { id: strategyId, mappingId } = context.req.valid('param');
      const { held: choice, ...form } = context.req.valid('json');
      const wanted: Mapping = { id: mappingId, ...readMappingForm(form) };
      const doubts = await checkOwnLots(deps, context, { strategyId, mappings: [wanted] });
      const asked = { choice, now: deps.now() };
      const changed = await inTransaction(db, context, async (manager) => {
        return await editMapping(manager, { strategyId, mapping: wanted, asked });
      });
      deps.lanes.wake(changed.closings.orders);
      const all = showWarnings([...doubts, ...changed.warnings]);
      const shown = { mapping: mappingData(changed.mapping), warnings: all };
      return context.json(success({ ...shown, ...showOutcome(changed) }), 200);
    })
    .openapi(remove, async (context) => {
      const { id: strategyId, mappingId } = context.req.valid('param');
      const asked = { choice: context.req.valid('json').held ?? 'keep', now: deps.now() };
      const removed = await inTransaction(db, context, async (manager) => {
        return await removeMapping(manager, { strategyId, mappingId, asked });
      });
      deps.lanes.wake(removed.closings.orders);
      const shown = { ...mappingData(removed.mapping), ...showOutcome(removed) };
      return context.json(success(shown), 200);
    });
}

/** One mapping as JSON, or many as CSV, in JSON or as the body itself. @throws ManageError invalid_request */
async function readAdded(context: ConsoleContext): Promise<z.output<typeof oneOrMany>> {
  if (context.req.header('content-type')?.startsWith('text/csv')) {
    return { symbols: await context.req.text(), dry_run: false };
  }
  const body: unknown = await context.req.json().catch(() => undefined);
  const schema = isCsvBody(body) ? csv : mappingForm;
  const checked = schema.safeParse(body);
  if (checked.success) return checked.data;
  throw invalidRequest(checked.error);
}

/** So that what is wrong is told of the one that was meant. */
function isCsvBody(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'symbols' in body;
}

function readMappingForm(form: z.output<typeof mappingForm>): Omit<Mapping, 'id'> {
  const checked = checkMapping(toMappingDraft(form));
  if (!checked.ok) throw saveError('invalid_mapping', checked.issues);
  return checked.mapping;
}
