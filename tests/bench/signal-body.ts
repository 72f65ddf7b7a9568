/** A signal like none before it: an instrument of its own. */
export function distinctSignal(prefix = 'S'): (index: number) => string {
  return (index) => JSON.stringify({ symbol: `${prefix}${index}`, action: 'BUY' });
}
