import type { Alert } from '../api/types.ts';
import { Go } from './go.tsx';

/** The page of what an alert is about. */
export function AboutAlert({ alert }: { alert: Alert }) {
  if (alert.order_id !== null) return <Go to={`/orders/${alert.order_id}`}>the order</Go>;
  if (alert.signal_id !== null) return <Go to={`/signals/${alert.signal_id}`}>the signal</Go>;
  if (alert.strategy_id !== null)
    return <Go to={`/strategy/${alert.strategy_id}`}>the strategy</Go>;
  if (alert.account_id !== null) return <Go to={`/accounts/${alert.account_id}`}>the account</Go>;
  return <>everything</>;
}
