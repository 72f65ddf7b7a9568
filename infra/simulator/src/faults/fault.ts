import { z } from 'zod';

const ms = z.number().min(0).max(3_600_000);
const status = z.number().int().min(200).max(599);

/** Which calls a fault is for, and how often. Without `times` and `probability` it is for every matching call. */
const reach = {
  /** The next so many matching calls, after which the fault is gone. */
  times: z.number().int().min(1).optional(),
  /** Between 0 and 1, drawn from `seed` for each matching call. */
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().int().optional(),
  /** Names of endpoints, such as `placeorder`; each kind has its own when this is left out. */
  endpoints: z.array(z.string()).optional(),
  symbol: z.string().optional(),
  exchange: z.string().optional(),
  product: z.string().optional(),
  action: z.string().optional(),
  apikey: z.string().optional(),
};

function kind<const Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) {
  return z.strictObject({ kind: z.literal(name), ...reach, ...shape });
}

/** Every fault there is. What each does is said once, in the table of the README. */
export const faultSchema = z.discriminatedUnion('kind', [
  kind('delay', { ms, jitterMs: ms.optional() }),
  kind('hang', {}),
  kind('hang_then_execute', { ms }),
  kind('reset_before', {}),
  kind('reset_after', {}),
  kind('close_without_answer', { executed: z.boolean().optional() }),
  kind('error_500_before', { message: z.string().optional() }),
  kind('error_500_after', { message: z.string().optional() }),
  kind('created_201', { message: z.string().optional() }),
  kind('openalgo_429', { limit: z.string().optional() }),
  kind('broker_429', { message: z.string().optional() }),
  kind('broker_refusal', { status: status.optional(), message: z.string().optional() }),
  kind('null_order_id', { executed: z.boolean().optional() }),
  kind('invalid_key', {}),
  kind('semi_auto', {}),
  kind('html', { status: status.optional(), executed: z.boolean().optional() }),
  kind('mode_switched', { to: z.enum(['live', 'analyze']) }),
  kind('empty_book', {}),
  kind('book_error', { message: z.string().optional() }),
  kind('order_book_lag', { ms }),
  kind('inherited_status', { orderid: z.string().optional() }),
  kind('position_read_zero', {}),
  kind('position_cache', { ms }),
  kind('rest', {}),
  kind('fill_late', { ms }),
  kind('fill_part', {
    quantity: z.number().int().min(1).optional(),
    share: z.number().gt(0).lt(1).optional(),
    restMs: ms.optional(),
  }),
  kind('reject_late', { ms, message: z.string().optional() }),
  kind('cancel_refused', { status: status.optional(), message: z.string().optional() }),
  kind('cancel_crosses_fill', { answer: z.enum(['success', 'error']).optional() }),
]);

export type Fault = z.infer<typeof faultSchema>;
export type FaultKind = Fault['kind'];
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>;

/** At most one fault of each group meets a call. */
export type FaultGroup = 'mode' | 'delay' | 'answer' | 'read' | 'fill' | 'cancel';

const orders = ['placeorder', 'placesmartorder'];
const books = ['orderbook', 'tradebook', 'positionbook', 'openposition', 'holdings', 'orderstatus'];

/** The group of each kind, and the endpoints it is for when the fault names none; undefined means all. */
export const faultKinds: Readonly<
  Record<FaultKind, { readonly group: FaultGroup; readonly endpoints?: readonly string[] }>
> = {
  delay: { group: 'delay' },
  hang: { group: 'answer' },
  hang_then_execute: { group: 'answer' },
  reset_before: { group: 'answer' },
  reset_after: { group: 'answer' },
  close_without_answer: { group: 'answer' },
  error_500_before: { group: 'answer' },
  error_500_after: { group: 'answer' },
  created_201: { group: 'answer', endpoints: orders },
  openalgo_429: { group: 'answer' },
  broker_429: { group: 'answer', endpoints: [...orders, 'cancelorder', 'modifyorder'] },
  broker_refusal: { group: 'answer', endpoints: orders },
  null_order_id: { group: 'answer', endpoints: orders },
  invalid_key: { group: 'answer' },
  semi_auto: { group: 'answer', endpoints: orders },
  html: { group: 'answer' },
  mode_switched: { group: 'mode' },
  empty_book: { group: 'read', endpoints: books },
  book_error: { group: 'read', endpoints: books },
  order_book_lag: { group: 'read', endpoints: ['orderbook', 'orderstatus', 'tradebook'] },
  inherited_status: { group: 'read', endpoints: ['orderbook', 'orderstatus'] },
  position_read_zero: { group: 'read', endpoints: ['placesmartorder'] },
  position_cache: { group: 'read', endpoints: ['placesmartorder'] },
  rest: { group: 'fill', endpoints: orders },
  fill_late: { group: 'fill', endpoints: orders },
  fill_part: { group: 'fill', endpoints: orders },
  reject_late: { group: 'fill', endpoints: orders },
  cancel_refused: { group: 'cancel', endpoints: ['cancelorder', 'cancelallorder'] },
  cancel_crosses_fill: { group: 'cancel', endpoints: ['cancelorder', 'cancelallorder'] },
};
