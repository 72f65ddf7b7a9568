export type Action = 'BUY' | 'SELL';
export type PriceType = 'MARKET' | 'LIMIT' | 'SL' | 'SL-M';
export type Product = 'MIS' | 'NRML' | 'CNC';
export type OrderStatus = 'open' | 'trigger pending' | 'complete' | 'rejected' | 'cancelled';

/** A request to trade, after the schema. Quantities are shares, prices rupees. */
export interface OrderRequest {
  readonly strategy: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly action: Action;
  readonly quantity: number;
  readonly pricetype: PriceType;
  readonly product: Product;
  readonly price: number;
  readonly triggerPrice: number;
  /** The caller's own id of it, which a newer OpenAlgo takes; null: it gave none. */
  readonly clientOrderId: string | null;
}

/** What an order looked like from an instant on; a lagging book reads this. */
export interface OrderState {
  /** Milliseconds since the epoch, of the simulator's clock. */
  readonly at: number;
  readonly status: OrderStatus;
}

/** An order at the broker, or in the sandbox. */
export interface PlacedOrder {
  readonly orderid: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly action: Action;
  readonly product: Product;
  readonly strategy: string;
  readonly clientOrderId: string | null;
  readonly placedAt: number;
  quantity: number;
  pricetype: PriceType;
  price: number;
  triggerPrice: number;
  status: OrderStatus;
  filledQuantity: number;
  averagePrice: number;
  rejectionReason: string;
  /** Rupees held back for it in the sandbox. */
  margin: number;
  /** While true the market does not touch it: a fault decides when it fills. */
  held: boolean;
  readonly states: OrderState[];
}

/** One fill. */
export interface Trade {
  readonly tradeid: string;
  readonly orderid: string;
  readonly symbol: string;
  readonly exchange: string;
  readonly product: Product;
  readonly action: Action;
  readonly strategy: string;
  readonly quantity: number;
  readonly price: number;
  readonly at: number;
}

/** Still waits for a fill. */
export function isPending(order: PlacedOrder): boolean {
  return order.status === 'open' || order.status === 'trigger pending';
}
