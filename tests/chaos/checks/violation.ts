export const violationKinds = [
  'lost',
  'doubled',
  'misrouted',
  'misordered',
  'over_rate',
  'half_done',
  'disowned',
  'overclosed',
  'false_verified',
  'unclosed',
  'misowned',
] as const;
export type ViolationKind = (typeof violationKinds)[number];

/** Something that must never be. */
export interface Violation {
  kind: ViolationKind;
  text: string;
  /** The orders that it is about: their stories are printed. */
  orders: string[];
}
