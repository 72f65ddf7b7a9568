import { type RefusalCode, refusalCodes } from './refusal.ts';

/** Not sent unless somebody asks for them. */
const askedForOnly: readonly RefusalCode[] = ['filled'];

/** Always about a position that stays open: each is named in a message, however many there are. */
export const exitCodes: readonly RefusalCode[] = [
  'exit_expired',
  'exit_failed',
  'exit_overfilled',
  'exit_stuck',
  'exit_unknown',
  'exit_unverified',
  'late_fill',
  'mode_changed',
  'square_off_at_risk',
  'square_off_missed',
];

/** A person's changes to which alerts are sent. */
export interface AlertChoice {
  also: readonly RefusalCode[];
  not: readonly RefusalCode[];
}

/** The codes whose alerts are not sent: those that nobody asked for, and those that were declined. */
export function unwantedCodes({ also, not }: AlertChoice): RefusalCode[] {
  return [...askedForOnly.filter((code) => !also.includes(code)), ...not];
}

/** A code of the closed list, or undefined. */
export function parseCode(text: string): RefusalCode | undefined {
  const code = text.trim().toLowerCase();
  return Object.hasOwn(refusalCodes, code) ? (code as RefusalCode) : undefined;
}
