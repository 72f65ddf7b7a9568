/** What a message is made from. */
export interface MessageSource {
  platform: string;
  tradingMode: string | null;
  webhookUrl: string;
  /** Null: ChartInk writes its own. */
  alertBody: string | null;
  hasSharedSecret: boolean;
  /** A symbol that the strategy knows, for examples. */
  symbol: string;
}

/** Nobody knows it any more: whoever set it fills it in. */
export function secretOf({ hasSharedSecret }: Pick<MessageSource, 'hasSharedSecret'>) {
  return hasSharedSecret ? { secret: '(the secret)' } : {};
}
