import { failure } from '../answer.ts';
import * as schemas from '../schema/schemas.ts';
import { analyzer, holdings, ping, toggleAnalyzer } from './account-state.ts';
import { cancelAllOrders, cancelOrder } from './cancel-order.ts';
import { closePosition } from './close-position.ts';
import { caughtByOrderHandler, caughtByReadHandler, type Endpoint, uncaught } from './endpoint.ts';
import { funds } from './funds.ts';
import { holidays, quotes, search, symbolInfo, timings } from './market.ts';
import { modifyOrder } from './modify-order.ts';
import { orderBook, orderStatus, tradeBook } from './order-book.ts';
import { placeOrder, placeSmartOrder } from './place-order.ts';
import { openPosition, positionBook } from './position-book.ts';

const order = {
  limit: 'order',
  schemaErrors: 'text_with_mode',
  access: 'session',
  withoutJson: uncaught,
} as const;

const read = {
  schema: schemas.keyOnlySchema,
  limit: 'api',
  schemaErrors: 'object',
  access: 'session',
  withoutJson: caughtByReadHandler,
} as const;

const readWithText = { ...order, limit: 'api' } as const;

function semiAutoText(operation: string, purpose: string): string {
  return `${operation} operation is not allowed in Semi-Auto mode. Please switch to Auto mode to ${purpose}.`;
}

/** The paths below `/api/v1/`. All are POST. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  [
    'placeorder',
    {
      ...order,
      schema: schemas.placeOrderSchema,
      schemaErrors: 'text',
      withoutJson: caughtByOrderHandler,
      queued: true,
      handle: placeOrder,
    },
  ],
  [
    'placesmartorder',
    {
      ...order,
      schema: schemas.placeSmartOrderSchema,
      limit: 'smartOrder',
      queued: true,
      handle: placeSmartOrder,
    },
  ],
  [
    'modifyorder',
    {
      ...order,
      schema: schemas.modifyOrderSchema,
      semiAutoRefusal: semiAutoText('Modify order', 'modify orders'),
      handle: modifyOrder,
    },
  ],
  [
    'cancelorder',
    {
      ...order,
      schema: schemas.cancelOrderSchema,
      semiAutoRefusal: semiAutoText('Cancel order', 'cancel orders'),
      refuseEarly: (data) =>
        data.get('orderid') === '' ? failure(400, 'Order ID is missing') : undefined,
      handle: cancelOrder,
    },
  ],
  [
    'cancelallorder',
    {
      ...readWithText,
      schema: schemas.wholeAccountSchema,
      semiAutoRefusal: semiAutoText('Cancel all orders', 'cancel orders'),
      handle: cancelAllOrders,
    },
  ],
  [
    'closeposition',
    {
      ...readWithText,
      schema: schemas.wholeAccountSchema,
      semiAutoRefusal: semiAutoText('Close position', 'close positions'),
      handle: closePosition,
    },
  ],
  ['openposition', { ...readWithText, schema: schemas.openPositionSchema, handle: openPosition }],
  ['orderstatus', { ...readWithText, schema: schemas.orderStatusSchema, handle: orderStatus }],
  [
    'analyzer',
    { ...readWithText, schema: schemas.keyOnlySchema, schemaErrors: 'text', handle: analyzer },
  ],
  [
    'analyzer/toggle',
    {
      ...readWithText,
      schema: schemas.analyzerToggleSchema,
      schemaErrors: 'text',
      handle: toggleAnalyzer,
    },
  ],
  ['ping', { ...read, handle: ping }],
  ['orderbook', { ...read, handle: orderBook }],
  ['tradebook', { ...read, handle: tradeBook }],
  ['positionbook', { ...read, handle: positionBook }],
  ['holdings', { ...read, handle: holdings }],
  ['funds', { ...read, handle: funds }],
  ['quotes', { ...read, schema: schemas.instrumentSchema, handle: quotes }],
  ['symbol', { ...read, schema: schemas.instrumentSchema, handle: symbolInfo }],
  ['search', { ...read, schema: schemas.searchSchema, access: 'key', handle: search }],
  [
    'market/holidays',
    { ...read, schema: schemas.holidaysSchema, access: 'anyone', handle: holidays },
  ],
  ['market/timings', { ...read, schema: schemas.timingsSchema, access: 'anyone', handle: timings }],
]);
