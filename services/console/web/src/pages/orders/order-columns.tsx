import type { Order } from '../../api/types.ts';
import { Go } from '../../parts/go.tsx';
import type { Column } from '../../parts/rows.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { When } from '../../parts/when.tsx';

/** `10 of 25 @ 812.50` */
export function filledText({ filled_quantity, quantity, average_price }: Order): string {
  if (filled_quantity === 0) return '–';
  const part = filled_quantity === quantity ? `${quantity}` : `${filled_quantity} of ${quantity}`;
  return average_price === null ? part : `${part} @ ${average_price}`;
}

export function orderWords(order: Order): string {
  const { action, quantity, symbol, target_position: target } = order;
  return target === null ? `${action} ${quantity} ${symbol}` : `${action} ${symbol} to ${target}`;
}

export const orderColumns: readonly Column<Order>[] = [
  {
    title: 'Stored',
    width: '7.5rem',
    narrow: '4.2rem',
    show: ({ stored_at }) => <When at={stored_at} />,
  },
  {
    title: 'Order',
    width: 'minmax(11rem, 1.4fr)',
    show: (order) => <Go to={`/orders/${order.id}`}>{orderWords(order)}</Go>,
  },
  {
    title: 'State',
    width: '9.5rem',
    narrow: '6.8rem',
    show: ({ status }) => <StateBadge state={status} />,
  },
  { title: 'Filled', isDetail: true, width: '8rem', show: filledText },
  { title: 'Role', isDetail: true, width: '3.5rem', show: ({ role }) => role },
  {
    title: 'Strategy',
    isDetail: true,
    width: 'minmax(8rem, 1fr)',
    show: ({ strategy_id, strategy }) => <Go to={`/strategy/${strategy_id}`}>{strategy}</Go>,
  },
  {
    title: 'Where',
    isDetail: true,
    width: '7rem',
    show: ({ exchange, product }) => `${exchange} ${product}`,
  },
  {
    title: 'Why',
    isDetail: true,
    width: 'minmax(9rem, 1.4fr)',
    show: ({ reason, code }) => <span title={reason ?? ''}>{reason ?? code ?? ''}</span>,
  },
];
