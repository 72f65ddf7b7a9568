import type { SimulatorOptions } from '@orderlane/simulator/options';
import { listedInstruments } from './instruments.ts';
import { isKeyRefused, limitReached } from './known-answers.ts';
import {
  type Exchange,
  endpointOf,
  type Fields,
  fieldsOf,
  isLive,
  orderRows,
  type Recording,
  rowsOf,
  succeeded,
  textIn,
} from './recording.ts';

const orderEndpoints = new Set(['placeorder', 'modifyorder', 'cancelorder']);

/**
 * What the recorded OpenAlgo was set up with, read from the recording itself: what its `about` says, and what only the
 * broker, the market or the owner can have decided (keys, funds, master contract, time of day). No rule comes from here.
 */
export function simulatorOptions(recording: Recording): Partial<SimulatorOptions> {
  const { examples } = recording;
  return {
    apikeys: acceptedKeys(examples),
    mode: firstMode(examples),
    broker: brokerName(examples) ?? 'zerodha',
    limits: recordedLimits(examples),
    unknownSymbols: 'refused',
    instruments: listedInstruments(examples),
    sandboxFunds: sandboxFunds(recording),
    clock: recordedAt(examples),
  };
}

/** Keys that OpenAlgo took at least once. Calendar calls do not count: nobody looks at their key. */
export function acceptedKeys(examples: readonly Exchange[]): readonly string[] {
  const keys = examples
    .filter((exchange) => succeeded(exchange) && !endpointOf(exchange).startsWith('market/'))
    .map((exchange) => textIn(fieldsOf(exchange.request.body), 'apikey'));
  return [...new Set(keys.filter((key) => key !== ''))];
}

/** A key that is taken elsewhere was refused here: the broker session was gone. */
export function hadDeadSession(exchange: Exchange, keys: readonly string[]): boolean {
  return isKeyRefused(exchange) && keys.includes(textIn(fieldsOf(exchange.request.body), 'apikey'));
}

function firstMode(examples: readonly Exchange[]): 'live' | 'analyze' {
  for (const exchange of examples) {
    const body = fieldsOf(exchange.response.body);
    if (body['mode'] === 'analyze') return 'analyze';
    if (isLive(exchange)) return 'live';
    const reported = endpointOf(exchange) === 'analyzer' ? fieldsOf(body['data'])['mode'] : '';
    if (reported === 'live' || reported === 'analyze') return reported;
  }
  return 'live';
}

function brokerName(examples: readonly Exchange[]): string | undefined {
  return examples
    .filter((exchange) => endpointOf(exchange) === 'ping')
    .map((exchange) => textIn(fieldsOf(fieldsOf(exchange.response.body)['data']), 'broker'))
    .find((name) => name !== '');
}

function recordedLimits(examples: readonly Exchange[]): SimulatorOptions['limits'] {
  const limits = { order: '10 per second', smartOrder: '10 per second', api: '50 per second' };
  for (const exchange of examples) {
    const text = limitReached(exchange);
    if (text !== undefined) limits[limitName(exchange)] = text;
  }
  return limits;
}

/** Which of OpenAlgo's three limits an exchange's endpoint is under. */
export function limitName(exchange: Exchange): 'order' | 'smartOrder' | 'api' {
  const endpoint = endpointOf(exchange);
  if (endpoint === 'placesmartorder') return 'smartOrder';
  return orderEndpoints.has(endpoint) ? 'order' : 'api';
}

function sandboxFunds({ about, examples }: Recording): number {
  const said = /funds (?:of )?(?:₹|Rs\.? ?)?([\d,]+)/i.exec(about)?.[1];
  if (said !== undefined) return Number(said.replaceAll(',', ''));
  for (const exchange of examples) {
    const data = fieldsOf(fieldsOf(exchange.response.body)['data']);
    const cash = Number(data['availablecash']) + Number(data['utiliseddebits']);
    if (endpointOf(exchange) === 'funds' && !isLive(exchange) && Number.isFinite(cash)) return cash;
  }
  return 10_000_000;
}

const STAMP = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/;
const SANDBOX_ID = /^(\d{2})(\d{2})(\d{2})\d{8}$/;

/**
 * When it was recorded: the first time that a row shows, in Indian time; else noon of the day that the sandbox puts into
 * its order ids; else noon of a trading day.
 */
function recordedAt(examples: readonly Exchange[]): string {
  for (const row of examples.flatMap(rowsIn)) {
    const [, date, time] = STAMP.exec(textIn(row, 'timestamp')) ?? [];
    if (date !== undefined) return `${date}T${time}+05:30`;
  }
  for (const { response } of examples) {
    const [, year, month, day] = SANDBOX_ID.exec(textIn(fieldsOf(response.body), 'orderid')) ?? [];
    if (year !== undefined) return `20${year}-${month}-${day}T12:00:00+05:30`;
  }
  return '2026-02-10T12:00:00+05:30';
}

function rowsIn(exchange: Exchange): readonly Fields[] {
  const data = fieldsOf(exchange.response.body)['data'];
  return [fieldsOf(data), ...rowsOf(data), ...orderRows(exchange)];
}
