import { type OrderIdMap, pairRows } from './ids.ts';
import { sortPythonDict } from './python-dict.ts';
import { type Exchange, fieldsOf } from './recording.ts';

/** What is different in an answer, one text for each difference. Ids, times, prices and profits do not count. */
export function differences(
  ids: OrderIdMap,
  recorded: Exchange,
  here: Exchange['response'],
): readonly string[] {
  const expected = fieldsOf(recorded.response.body);
  const got = fieldsOf(here.body);
  return [
    ...unequal('HTTP status', recorded.response.status, here.status),
    ...unequal('status', expected['status'], got['status']),
    ...unequal('mode', expected['mode'], got['mode']),
    ...unequalMessages(ids, {
      what: 'message',
      expected: expected['message'],
      got: got['message'],
    }),
    ...unequal('orderid', presence(expected), presence(got)),
    ...unequal('quantity', numeric(expected['quantity']), numeric(got['quantity'])),
    ...dataDifferences(ids, fieldsOf(expected['data']), fieldsOf(got['data'])),
    ...bookDifferences(ids, recorded, here),
  ];
}

function unequal(what: string, expected: unknown, got: unknown): readonly string[] {
  return expected === got ? [] : [`${what}: recorded ${shown(expected)}, here ${shown(got)}`];
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function presence(body: Readonly<Record<string, unknown>>): string {
  if (!('orderid' in body)) return 'absent';
  return body['orderid'] === null ? 'null' : 'present';
}

/** Brokers differ in whether a quantity is a number or a text. */
function numeric(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}

/** `order_status` of a single order, and what ping and the analyzer say of themselves. */
function dataDifferences(
  ids: OrderIdMap,
  expected: Readonly<Record<string, unknown>>,
  got: Readonly<Record<string, unknown>>,
): readonly string[] {
  return [
    ...unequal('order_status', expected['order_status'], got['order_status']),
    ...unequal('data.mode', expected['mode'], got['mode']),
    ...unequalMessages(ids, {
      what: 'data.message',
      expected: expected['message'],
      got: got['message'],
    }),
  ];
}

function bookDifferences(
  ids: OrderIdMap,
  recorded: Exchange,
  here: Exchange['response'],
): readonly string[] {
  return pairRows(ids, recorded, here).flatMap(([row, own]) => {
    const what = `order_status of ${row['action']} ${row['quantity']} ${row['symbol']}`;
    return unequal(what, row['order_status'], own?.['order_status']);
  });
}

interface Messages {
  readonly what: string;
  readonly expected: unknown;
  readonly got: unknown;
}

function unequalMessages(ids: OrderIdMap, { what, expected, got }: Messages): readonly string[] {
  const same =
    JSON.stringify(comparable(ids, expected)) === JSON.stringify(comparable(undefined, got));
  return same ? [] : [`${what}: recorded ${shown(expected)}, here ${shown(got)}`];
}

/** A message without what does not count: ids, amounts of money, the order that Python's sets give to errors. */
function comparable(ids: OrderIdMap | undefined, message: unknown): unknown {
  if (typeof message !== 'string') return sortMembers(message);
  const translated = ids?.translateText(message) ?? message;
  return sortPythonDict(translated).replace(/₹-?[\d.,]*\d/g, '₹');
}

function sortMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
