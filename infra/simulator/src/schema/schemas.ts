import type { Field } from './field.ts';
import {
  action,
  apikey,
  disclosedQuantity,
  EXCHANGES,
  oneOf,
  positiveQuantity,
  price,
  pricetype,
  product,
  quantityFromZero,
  requiredExchange,
  requiredText,
  triggerPrice,
} from './fields.ts';
import type { Schema } from './load.ts';

/**
 * The requests of OpenAlgo 2.0.2.1. Its order of errors is that of a Python set, so it differs from
 * process to process; the fields of an order stand here in an order that was recorded.
 */
const optionalOrderFields = {
  pricetype: { ...pricetype, fallback: 'MARKET' },
  product: { ...product, fallback: 'MIS' },
  price: { ...price, fallback: 0 },
  trigger_price: { ...triggerPrice, fallback: 0 },
  disclosed_quantity: { ...disclosedQuantity, fallback: 0 },
} as const;

const clientOrderId: Field = { kind: 'string', nullable: true, fallback: null };

const orderIdentity = {
  apikey,
  symbol: requiredText,
  exchange: requiredExchange,
  strategy: requiredText,
  action,
} as const;

export const placeOrderSchema: Schema = {
  fields: {
    quantity: { ...positiveQuantity, required: true },
    ...orderIdentity,
    ...optionalOrderFields,
    underlying_ltp: { kind: 'float', nullable: true, fallback: null },
  },
  newerFields: { client_order_id: clientOrderId },
  wholeQuantity: true,
};

export const placeSmartOrderSchema: Schema = {
  fields: {
    quantity: { ...quantityFromZero, required: true },
    ...orderIdentity,
    position_size: { kind: 'float', required: true },
    ...optionalOrderFields,
  },
  newerFields: { client_order_id: clientOrderId },
  wholeQuantity: true,
};

export const modifyOrderSchema: Schema = {
  fields: {
    quantity: { ...positiveQuantity, required: true },
    ...orderIdentity,
    orderid: requiredText,
    product: { ...product, required: true },
    pricetype: { ...pricetype, required: true },
    price: { ...price, required: true },
    trigger_price: { ...triggerPrice, required: true },
    disclosed_quantity: { ...disclosedQuantity, required: true },
  },
  wholeQuantity: true,
};

export const cancelOrderSchema: Schema = {
  fields: { apikey, strategy: requiredText, orderid: requiredText },
};

/** closeposition and cancelallorder. */
export const wholeAccountSchema: Schema = { fields: { apikey, strategy: requiredText } };

/** Reads of a book, ping, analyzer: the key alone, of any length. */
export const keyOnlySchema: Schema = { fields: { apikey: requiredText } };

export const analyzerToggleSchema: Schema = {
  fields: { apikey: requiredText, mode: { kind: 'boolean', required: true } },
};

export const orderStatusSchema: Schema = {
  fields: { apikey: requiredText, strategy: requiredText, orderid: requiredText },
};

export const openPositionSchema: Schema = {
  fields: {
    apikey: requiredText,
    symbol: requiredText,
    exchange: requiredText,
    strategy: requiredText,
    product: { ...product, required: true },
  },
};

/** quotes and symbol. */
export const instrumentSchema: Schema = {
  fields: { apikey, symbol: requiredText, exchange: requiredExchange },
};

export const searchSchema: Schema = {
  fields: { apikey, query: requiredText, exchange: oneOf(EXCHANGES) },
};

export const holidaysSchema: Schema = {
  fields: {
    apikey,
    year: {
      kind: 'integer',
      check: (value) =>
        Number(value) >= 2020 && Number(value) <= 2050
          ? undefined
          : 'Must be greater than or equal to 2020 and less than or equal to 2050.',
    },
  },
};

export const timingsSchema: Schema = { fields: { apikey, date: requiredText } };
