interface Ordered {
  endpoint: string;
  exchange: unknown;
  symbol: unknown;
  product: unknown;
  action: unknown;
  quantity: unknown;
  positionSize: unknown;
}

/** What tells one order from another where there is no header: only what the broker is told. */
export function fingerprintOf(order: Ordered): string {
  const { endpoint, exchange, symbol, product, action, quantity } = order;
  const size = order.positionSize === undefined ? '' : ` to ${Number(order.positionSize)}`;
  return `${endpoint} ${exchange}:${symbol}:${product} ${action} ${Number(quantity)}${size}`;
}
