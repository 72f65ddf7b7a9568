import { alertOnlyCodes } from './refusal-codes-alert.ts';
import { consoleCodes } from './refusal-codes-console.ts';
import { decisionCodes } from './refusal-codes-decision.ts';
import { manageCodes } from './refusal-codes-manage.ts';
import { orderCodes } from './refusal-codes-order.ts';
import { saveCodes } from './refusal-codes-save.ts';
import { webhookCodes } from './refusal-codes-webhook.ts';

/** The closed list of reasons not to act, by the step that gives them. */
export const refusalCodes = {
  ...webhookCodes,
  ...decisionCodes,
  ...orderCodes,
  ...saveCodes,
  ...manageCodes,
  ...consoleCodes,
  ...alertOnlyCodes,
} as const;

export type RefusalCode = keyof typeof refusalCodes;

/** Our decision not to act on a signal, or on one of its stocks. */
export interface Refusal {
  code: RefusalCode;
  /** For people; OpenAlgo's own words where it has some. */
  text: string;
  /** What an answer with only this refusal carries; 200 where nothing is wrong. */
  httpStatus: number;
  /** As the sender wrote it; null where the whole call is refused. */
  symbol: string | null;
}

interface RefusalDetails {
  /** Replaces the list's own text. */
  text?: string;
  symbol?: string | null;
}

/** Makes a refusal; `{symbol}` in the list's text becomes the symbol. */
export function refuse(code: RefusalCode, details: RefusalDetails = {}): Refusal {
  const symbol = details.symbol ?? null;
  const { text, httpStatus } = refusalCodes[code];
  return {
    code,
    text: details.text ?? text.replace('{symbol}', () => symbol ?? ''),
    httpStatus,
    symbol,
  };
}

/** True where the sender did nothing wrong and nothing is to be done: answered 200. */
export function isNothingToDo(refusal: Refusal): boolean {
  return refusal.httpStatus === 200;
}
