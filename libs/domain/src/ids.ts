declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** UUID v7 of a stored signal. */
export type SignalId = Branded<string, 'SignalId'>;
/** UUID v7 of a stored order; the job id on a lane is derived from it. */
export type OrderId = Branded<string, 'OrderId'>;
/** Small integer: the `<id>` of `/strategy/<id>`. */
export type StrategyId = Branded<number, 'StrategyId'>;
/** Small integer: one OpenAlgo instance with its key. */
export type AccountId = Branded<number, 'AccountId'>;
/** The unguessable part of a webhook's address (a UUID). */
export type WebhookId = Branded<string, 'WebhookId'>;

/** Brands values that come from our own database or our own id generator; checks nothing. */
export const brandIds = {
  signal: (value: string) => value as SignalId,
  order: (value: string) => value as OrderId,
  strategy: (value: number) => value as StrategyId,
  account: (value: number) => value as AccountId,
  webhook: (value: string) => value as WebhookId,
};
