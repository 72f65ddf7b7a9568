import type { Exchange, Product } from '@orderlane/domain/instrument';
import type { Action } from '@orderlane/domain/order-plan';

/**
 * Body of `/api/v1/placeorder`, less the key. OpenAlgo refuses any field that it does not know
 * (400), so none may be added.
 */
export interface RegularPayload {
  strategy: string;
  exchange: Exchange;
  symbol: string;
  action: Action;
  product: Product;
  pricetype: 'MARKET';
  /** A whole number, as text. */
  quantity: string;
}

/** Body of `/api/v1/placesmartorder`, less the key. */
export interface SmartPayload extends RegularPayload {
  /** The signed position wanted afterwards, as text. */
  position_size: string;
  price: '0';
  trigger_price: '0';
  disclosed_quantity: '0';
}
