import type { OrderFilter } from '../api/queries.ts';
import type { Order } from '../api/types.ts';

export interface OrderPages {
  pages: { rows: Order[]; next: string | null }[];
  pageParams: unknown[];
}

/** What a filter of a list says of an order. */
const tests: { [Name in keyof OrderFilter]?: (order: Order) => string } = {
  status: ({ status }) => status,
  role: ({ role }) => role,
  symbol: ({ symbol }) => symbol,
  strategy: ({ strategy_id }) => String(strategy_id),
  account: ({ account_id }) => String(account_id),
};

/** Undefined: the list asks for something that an order does not tell, only the console knows. */
function fits(order: Order, filter: OrderFilter): boolean | undefined {
  let isFit = true;
  for (const [name, wanted] of Object.entries(filter)) {
    const told = tests[name as keyof OrderFilter];
    if (told === undefined) return undefined;
    isFit &&= told(order).toUpperCase() === String(wanted).trim().toUpperCase();
  }
  return isFit;
}

/**
 * A list with an order as it is now: in its place, taken out, or put in among those that are shown.
 * @returns the same object where nothing changes, undefined where only the console can tell
 */
export function withOrder(
  list: OrderPages,
  { order, filter }: { order: Order; filter: OrderFilter },
): OrderPages | undefined {
  const isFit = fits(order, filter);
  if (isFit === undefined) return undefined;
  const isShown = list.pages.some(({ rows }) => rows.some(({ id }) => id === order.id));
  if (isShown) return changed(list, { order, isFit });
  return isFit ? inserted(list, order) : list;
}

function changed(list: OrderPages, { order, isFit }: { order: Order; isFit: boolean }): OrderPages {
  const pages = list.pages.map((page) => ({
    ...page,
    rows: page.rows.flatMap((row) => {
      if (row.id !== order.id) return [row];
      return isFit ? [order] : [];
    }),
  }));
  return { ...list, pages };
}

/** The newest come first; what is older than all that was read comes with its own page. */
function inserted(list: OrderPages, order: Order): OrderPages {
  const at = list.pages.findIndex(
    ({ rows, next }) => rows.some((row) => isNewer(order, row)) || next === null,
  );
  if (at < 0) return list;
  const pages = list.pages.map((page, index) => {
    if (index !== at) return page;
    const before = page.rows.filter((row) => !isNewer(order, row));
    return { ...page, rows: [...before, order, ...page.rows.slice(before.length)] };
  });
  return { ...list, pages };
}

function isNewer(one: Order, other: Order): boolean {
  return one.stored_at === other.stored_at ? one.id > other.id : one.stored_at > other.stored_at;
}
