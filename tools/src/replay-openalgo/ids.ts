import { type Exchange, type Fields, fieldsOf, orderRows } from './recording.ts';

/** Order ids of the recording and what they are here. */
export class OrderIdMap {
  readonly #here = new Map<string, string>();

  /** Learns from an answer what the recorded ids in it are here. */
  learn(recorded: unknown, here: unknown): void {
    this.pair(fieldsOf(recorded)['orderid'], fieldsOf(here)['orderid']);
    const canceled = fieldsOf(here)['canceled_orders'];
    const before = fieldsOf(recorded)['canceled_orders'];
    if (!Array.isArray(canceled) || !Array.isArray(before)) return;
    before.forEach((id, index) => {
      this.pair(id, canceled[index]);
    });
  }

  pair(recorded: unknown, here: unknown): void {
    if (!isId(recorded) || !isId(here) || this.#here.has(String(recorded))) return;
    this.#here.set(String(recorded), String(here));
  }

  knows(recorded: unknown): boolean {
    return this.#here.has(String(recorded));
  }

  /** The id here; an id that was never given stays what it is. */
  translate(recorded: unknown): unknown {
    return isId(recorded) ? (this.#here.get(String(recorded)) ?? recorded) : recorded;
  }

  translateBody(body: unknown): unknown {
    const fields = fieldsOf(body);
    return 'orderid' in fields ? { ...fields, orderid: this.translate(fields['orderid']) } : body;
  }

  /** A text in which every recorded id is replaced. */
  translateText(text: string): string {
    if (this.#here.size === 0) return text;
    const ids = [...this.#here.keys()].map((id) => RegExp.escape(id));
    return text.replace(new RegExp(ids.join('|'), 'g'), (id) => this.#here.get(id) ?? id);
  }
}

function isId(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}

/** Ids that some recorded answer gave to the caller who placed the order; to cancel or ask needs an id already. */
export function idsGiven(examples: readonly Exchange[]): ReadonlySet<string> {
  const ids = examples
    .filter(({ request }) => !('orderid' in fieldsOf(request.body)))
    .map(({ response }) => fieldsOf(response.body)['orderid']);
  return new Set(ids.filter(isId).map(String));
}

/** Pairs the rows of an order book with those here: by id where it is known, else with a row alike. */
export function pairRows(
  ids: OrderIdMap,
  recorded: Exchange,
  here: Exchange['response'],
): readonly (readonly [Fields, Fields | undefined])[] {
  const left = [...orderRows({ ...recorded, response: here })];
  const take = (test: (row: Fields) => boolean) => {
    const index = left.findIndex(test);
    return index === -1 ? undefined : left.splice(index, 1)[0];
  };
  const rows = orderRows(recorded);
  const byId = new Map(
    rows
      .filter((row) => ids.knows(row['orderid']))
      .map((row) => [row, take((own) => own['orderid'] === ids.translate(row['orderid']))]),
  );
  return rows.map((row) => {
    if (byId.has(row)) return [row, byId.get(row)];
    const alike = take((own) => traits.every((name) => own[name] === row[name]));
    ids.pair(row['orderid'], alike?.['orderid']);
    return [row, alike];
  });
}

const traits = ['symbol', 'exchange', 'action', 'quantity', 'pricetype', 'product', 'strategy'];
