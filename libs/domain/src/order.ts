/** The order's life, as in docs/architecture.md. */
export const orderStatuses = [
  'queued',
  'submitting',
  'accepted',
  'filled',
  'cancelled',
  'rejected',
  'no_action',
  'awaiting_approval',
  'indeterminate',
  'absent',
  'expired',
  'superseded',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** Every move that is allowed; the database refuses all others (trigger `orders_status_move`). */
export const orderMoves: Record<OrderStatus, readonly OrderStatus[]> = {
  queued: ['submitting', 'expired', 'superseded', 'cancelled'],
  submitting: [
    'queued',
    'accepted',
    'rejected',
    'no_action',
    'awaiting_approval',
    'indeterminate',
    'expired',
    'superseded',
  ],
  awaiting_approval: ['accepted', 'absent'],
  indeterminate: ['accepted', 'rejected', 'no_action', 'absent', 'awaiting_approval', 'queued'],
  absent: ['accepted', 'rejected', 'no_action', 'awaiting_approval', 'queued'],
  accepted: ['filled', 'cancelled', 'rejected'],
  no_action: ['queued'],
  filled: [],
  cancelled: [],
  rejected: [],
  expired: [],
  superseded: [],
};
